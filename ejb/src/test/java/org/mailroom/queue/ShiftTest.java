package org.mailroom.queue;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.mailroom.queue.ScriptedRelays.outcome;
import static org.mailroom.queue.ScriptedRelays.taken;

import jakarta.ejb.EJBException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.relay.Outcome.Kind;
import org.mailroom.directory.Directory;
import org.mailroom.directory.DirectoryChanged;
import org.mailroom.directory.SilentDirectory;
import org.mailroom.dns.Dns;
import org.mailroom.dns.FakeDns;
import org.mailroom.transport.Protections;

/** A message on its way out, from the queue's rows to what a host, the sender and the trace get of it. */
class ShiftTest {
    private final FakeDns dns = new FakeDns().with("there.test MX 10 one.test.").with("one.test A 192.0.2.1");
    private final TestQueue queue = new TestQueue();
    private final ScriptedRelays relays = new ScriptedRelays();
    private final Destination destination = new Destination("there.test", () -> 20);
    private final Alarms alarms = new Alarms();
    private RetrySchedule schedule = new RetrySchedule(Duration.ofMinutes(5), Duration.ofHours(4), Duration.ofDays(5));
    private Settlement settlement = queue.settlement();

    @BeforeEach
    void sender() throws Exception {
        queue.sender();
    }

    @AfterEach
    void close() {
        dns.close();
    }

    private boolean turn() {
        return turn(destination);
    }

    private boolean turn(Destination destination) {
        var dnsClient = new Dns(List.of(dns.address()), Duration.ofMillis(300));
        var exchangers = new MailExchangers(dnsClient, "mail.here.test", 25, address -> false, false);
        var hosts = new RouteHosts(dnsClient, Protections.none(dnsClient), "mail.here.test", false);
        var delivery = new Delivery(
                new Routing(queue.house.bean(Directory.class)::route, exchangers, hosts, domain -> Optional.empty()),
                new Connecting(relays),
                Delivery.Signing.NONE);
        var shift = queue.shift(delivery, queue.terms(schedule), settlement, alarms);
        return shift.turn(destination);
    }

    private List<String> trace(String queueId) throws Exception {
        return queue.rows("SELECT step, recipient FROM trace WHERE queue_id = '" + queueId + "' ORDER BY at, id");
    }

    private List<String> left() throws Exception {
        return queue.rows("SELECT address, state, attempts, last_status, last_host FROM queued_recipient ORDER BY id");
    }

    @Test
    void a_delivered_message_leaves_the_queue_and_its_trace() throws Exception {
        var queueId = queue.submit("alice@here.test", "x@there.test");
        assertThat(turn()).isTrue();
        assertThat(left()).isEmpty();
        assertThat(queue.rows("SELECT count(*) FROM queued_message")).containsExactly("0");
        assertThat(queue.rows("SELECT message_id FROM message_release")).containsExactly("1");
        assertThat(trace(queueId)).containsExactly("relayed x@there.test");
        assertThat(relays.sent.getFirst().content())
                .startsWith("Received: x\r\n")
                .doesNotContain("Return-Path");
        assertThat(turn()).isFalse();
    }

    @Test
    void a_deferred_message_waits_with_the_reply() throws Exception {
        relays.answering("one.test", to -> outcome(Kind.DEFERRED, 450, "4.2.1"));
        var queueId = queue.submit("alice@here.test", "x@there.test");
        turn();
        assertThat(left()).containsExactly("x@there.test waiting 1 4.2.1 one.test[192.0.2.1]:25");
        assertThat(trace(queueId)).containsExactly("deferred x@there.test");
        assertThat(queue.rows("SELECT next_attempt > now() + interval '3 minutes' FROM queued_recipient"))
                .containsExactly("t");
    }

    @Test
    void a_refused_recipient_comes_back_to_a_local_sender_with_the_row_that_closes() throws Exception {
        relays.answering("one.test", to -> to.startsWith("x") ? taken() : outcome(Kind.FAILED, 550, "5.1.1"));
        var queueId = queue.submit("alice@here.test", "x@there.test", "y@there.test");
        turn();
        assertThat(left()).isEmpty();
        assertThat(trace(queueId))
                .containsExactly("relayed x@there.test", "failed y@there.test", "bounced y@there.test");
        assertThat(queue.rows("""
                        SELECT m.subject, m.sender FROM mailbox_entry e JOIN message m ON m.id = e.message_id
                        """)).containsExactly("Not delivered: hello postmaster@mail.here.test");
        assertThat(queue.rows("SELECT convert_from(octets, 'UTF8') FROM message ORDER BY id DESC LIMIT 1")
                        .getFirst())
                .startsWith("Return-Path: <>\r\n")
                .contains("Subject: hello\r\n")
                .contains("Final-Recipient: rfc822; y@there.test")
                .doesNotContain("Return-Path: <alice");
    }

    @Test
    void a_remote_sender_gets_his_report_through_the_queue() throws Exception {
        relays.answering("one.test", to -> outcome(Kind.FAILED, 550, "5.1.1"));
        queue.submit("someone@elsewhere.test", "x@there.test");
        turn();
        assertThat(
                        queue.rows(
                                "SELECT '<' || reverse_path || '>', r.address FROM queued_message q JOIN queued_recipient r ON r.queued_id = q.id"))
                .containsExactly("<> someone@elsewhere.test");
    }

    @Test
    void nobody_is_told_of_a_report_that_fails_or_of_what_he_does_not_want_to_hear() throws Exception {
        relays.answering("one.test", to -> outcome(Kind.FAILED, 550, "5.1.1"));
        var report = queue.submit("", "x@there.test");
        var never = queue.submit(
                new Envelope(
                        "alice@here.test",
                        Map.of(),
                        List.of(new Envelope.Recipient("x@there.test", Map.of("NOTIFY", "NEVER")))),
                "Subject: x\r\n\r\n");
        turn();
        turn();
        assertThat(trace(report)).containsExactly("failed x@there.test");
        assertThat(trace(never)).containsExactly("failed x@there.test");
        assertThat(queue.rows("SELECT count(*) FROM mailbox_entry")).containsExactly("0");
        assertThat(left()).isEmpty();
    }

    @Test
    void a_destination_that_is_down_is_asked_once_and_not_for_each_message() throws Exception {
        relays.closed("one.test", outcome(Kind.DEFERRED, 0, "4.4.1"));
        for (int i = 0; i < 20; i++) {
            queue.submit("alice@here.test", i + "@there.test");
        }
        while (turn()) {}
        assertThat(relays.asked).hasSize(1);
        assertThat(left()).hasSize(20).allMatch(line -> line.contains(" 4.4.1 "));
    }

    @Test
    void what_is_too_old_is_reported_even_while_its_destination_is_down() throws Exception {
        relays.closed("one.test", outcome(Kind.DEFERRED, 0, "4.4.1"));
        for (int i = 0; i < 3; i++) {
            queue.submit("alice@here.test", i + "@there.test");
        }
        queue.sql("UPDATE queued_recipient SET expires = now() WHERE id < 3");
        queue.sql("UPDATE queued_message SET created = now() - interval '5 days 10 minutes'");
        while (turn()) {}
        assertThat(queue.rows("SELECT recipient, detail FROM trace WHERE step = 'failed' ORDER BY recipient"))
                .containsExactly("0@there.test given up after 5 d 0 h", "1@there.test given up after 5 d 0 h");
        assertThat(relays.asked).hasSize(1);
        assertThat(left()).hasSize(1);
        assertThat(queue.rows("SELECT count(*) FROM mailbox_entry")).containsExactly("2");
    }

    @Test
    void the_unforeseen_sets_a_message_aside_with_its_cause() throws Exception {
        relays.answering("one.test", to -> {
            throw new IllegalStateException("surprise");
        });
        var queueId = queue.submit("alice@here.test", "x@there.test");
        turn();
        assertThat(queue.rows("SELECT state, last_text FROM queued_recipient"))
                .containsExactly("poison java.lang.IllegalStateException: surprise");
        assertThat(trace(queueId)).containsExactly("poison x@there.test");
        assertThat(turn()).isFalse();
    }

    @Test
    void a_message_that_no_stack_is_deep_enough_for_is_set_aside_too() throws Exception {
        relays.answering("one.test", to -> {
            throw new StackOverflowError();
        });
        queue.submit("alice@here.test", "x@there.test");
        turn();
        assertThat(left()).containsExactly("x@there.test poison 0  ");
    }

    @Test
    void what_an_administrator_deleted_while_it_was_sent_leaves_nothing_behind() throws Exception {
        queue.submit("alice@here.test", "x@there.test");
        relays.answering("one.test", to -> {
            try {
                queue.sql("DELETE FROM queued_message");
            } catch (java.sql.SQLException e) {
                throw new IllegalStateException(e);
            }
            return outcome(Kind.FAILED, 550, "5.1.1");
        });
        turn();
        assertThat(queue.rows("SELECT count(*) FROM mailbox_entry")).containsExactly("0");
    }

    /** Or those who are left would get it again when the lease has run out. */
    @Test
    void of_what_an_administrator_deleted_a_part_the_rest_is_settled_with_its_report() throws Exception {
        var notify = Map.of("NOTIFY", "SUCCESS");
        var queueId = queue.submit(
                new Envelope(
                        "alice@here.test",
                        Map.of(),
                        List.of(
                                new Envelope.Recipient("x@there.test", notify),
                                new Envelope.Recipient("y@there.test", notify))),
                "Subject: hello\r\n\r\ntext\r\n");
        relays.answering("one.test", to -> {
            deleteRow("x@there.test");
            return taken();
        });
        turn();
        assertThat(left()).isEmpty();
        assertThat(queue.rows("SELECT count(*) FROM queued_message")).containsExactly("0");
        assertThat(trace(queueId)).containsExactly("relayed y@there.test", "reported y@there.test");
        assertThat(queue.rows("SELECT convert_from(octets, 'UTF8') FROM message m"
                        + " JOIN mailbox_entry e ON e.message_id = m.id"))
                .singleElement(as(STRING))
                .contains("y@there.test")
                .doesNotContain("x@there.test");
    }

    /** Or what was sent would be sent again when the lease has run out. */
    @Test
    void what_was_sent_is_written_down_though_its_sender_went_before_his_report_came() throws Exception {
        queue.house.bean(Directory.class).resolve("alice@here.test");
        relays.answering("one.test", to -> {
            deleteAccount();
            return to.startsWith("x") ? taken() : outcome(Kind.FAILED, 550, "5.1.1");
        });
        var queueId = queue.submit("alice@here.test", "x@there.test", "y@there.test");
        turn();
        assertThat(trace(queueId))
                .containsExactly("relayed x@there.test", "failed y@there.test", "bounced y@there.test");
        assertThat(left()).containsExactly("alice@here.test waiting 0  ");
        queue.house.bean(Directory.class).changed(new DirectoryChanged());
        turn(new Destination("here.test", () -> 20));
        assertThat(left()).isEmpty();
        assertThat(queue.rows("SELECT count(*) FROM queued_message")).containsExactly("0");
    }

    @Test
    void of_what_came_home_the_rest_is_delivered_where_an_administrator_deleted_a_part() throws Exception {
        var directory = SilentDirectory.of("here.test", address -> {
            deleteRow("alice@here.test");
            queue.person(1, address.localPart());
        });
        directory.behind(queue.house.bean(Directory.class)).answers();
        queue.submit("someone@elsewhere.test", "alice@here.test", "carol@here.test");
        turn(new Destination("here.test", () -> 20));
        assertThat(queue.rows("SELECT local_part, messages FROM mailbox JOIN account ON account.id = account_id"
                        + " ORDER BY account.id"))
                .containsExactly("alice 0", "carol 1");
        assertThat(queue.rows("SELECT count(*) FROM queued_message")).containsExactly("0");
    }

    @Test
    void what_came_home_waits_whole_while_a_directory_cannot_say_who_a_member_is() throws Exception {
        queue.sql("INSERT INTO domain (name) VALUES ('staff.test')");
        queue.sql("INSERT INTO mail_group (domain_id, local_part) VALUES (1, 'team')");
        queue.sql(
                "INSERT INTO group_member (group_id, address) VALUES (1, 'alice@here.test'), (1, 'carol@staff.test')");
        var directory = SilentDirectory.of("staff.test", address -> queue.person(2, address.localPart()))
                .behind(queue.house.bean(Directory.class));
        queue.submit("someone@elsewhere.test", "team@here.test");
        turn(new Destination("here.test", () -> 20));
        assertThat(left()).containsExactly("team@here.test waiting 1 4.3.0 ");
        assertThat(queue.rows("SELECT count(*) FROM mailbox_entry")).containsExactly("0");
        directory.answers();
        queue.sql("UPDATE queued_recipient SET next_attempt = now()");
        turn(new Destination("here.test", () -> 20));
        assertThat(queue.rows("SELECT messages FROM mailbox")).containsExactly("1", "1");
        assertThat(left()).isEmpty();
        assertThat(
                        queue.rows(
                                "SELECT step, recipient, detail FROM trace WHERE step IN ('expanded', 'delivered') ORDER BY id"))
                .containsExactly(
                        "expanded team@here.test to alice@here.test, carol@staff.test",
                        "delivered alice@here.test INBOX; by way of team@here.test; the domain is ours",
                        "delivered carol@staff.test INBOX; by way of team@here.test; the domain is ours");
    }

    @Test
    void a_report_to_somebody_whom_nobody_here_has_met_waits_for_his_directory() throws Exception {
        queue.sql("INSERT INTO domain (name) VALUES ('staff.test')");
        var directory = SilentDirectory.of("staff.test", address -> queue.person(2, address.localPart()))
                .behind(queue.house.bean(Directory.class));
        relays.answering("one.test", to -> outcome(Kind.FAILED, 550, "5.1.1"));
        var queueId = queue.submit("carol@staff.test", "x@there.test");
        turn();
        assertThat(left()).containsExactly("carol@staff.test waiting 0  ");
        assertThat(trace(queueId)).containsExactly("failed x@there.test", "bounced x@there.test");
        directory.answers();
        turn(new Destination("staff.test", () -> 20));
        assertThat(left()).isEmpty();
        assertThat(queue.rows("SELECT messages FROM mailbox ORDER BY id")).containsExactly("0", "1");
        queue.submit("dora@staff.test", "x@there.test");
        turn();
        assertThat(queue.rows("SELECT messages FROM mailbox ORDER BY id")).containsExactly("0", "1", "1");
    }

    private void deleteRow(String address) {
        try {
            queue.sql("DELETE FROM queued_recipient WHERE address = '" + address + "'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void deleteAccount() {
        try {
            queue.sql("DELETE FROM mailbox");
            queue.sql("DELETE FROM account");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void submit(String to, String notify) throws Exception {
        queue.submit(
                new Envelope(
                        "alice@here.test", Map.of(), List.of(new Envelope.Recipient(to, Map.of("NOTIFY", notify)))),
                "Subject: hello\r\n\r\ntext\r\n");
    }

    @Test
    void who_asked_hears_that_it_was_handed_on_rfc3461() throws Exception {
        submit("x@there.test", "SUCCESS");
        turn();
        assertThat(queue.rows("SELECT m.subject FROM message m JOIN mailbox_entry e ON e.message_id = m.id"))
                .containsExactly("Sent on: hello");
        submit("y@there.test", "FAILURE");
        turn();
        assertThat(queue.rows("SELECT count(*) FROM mailbox_entry")).containsExactly("1");
    }

    @Test
    void who_asked_hears_that_mail_came_home() throws Exception {
        submit("alice@here.test", "SUCCESS");
        turn(new Destination("here.test", () -> 10));
        assertThat(queue.rows("SELECT reverse_path || '|' || address FROM queued_message m"
                        + " JOIN queued_recipient r ON r.queued_id = m.id"))
                .containsExactly("|alice@here.test");
    }

    @Test
    void of_two_batches_of_one_message_the_last_closes_it() throws Exception {
        queue.submit("alice@here.test", "x@there.test", "y@elsewhere.test");
        turn();
        assertThat(queue.rows("SELECT count(*) FROM queued_message")).containsExactly("1");
        var other = queue.claims("other");
        var batch = other.claim("elsewhere.test", 1, Claims.Choice.ALL).getFirst();
        var judgement = new Judgement(
                List.of(new Attempt.Result(batch.addressees().getFirst(), taken(), "", "")), List.of(), List.of());
        assertThat(queue.settlement().settle(batch, judgement, Optional.empty(), "somebody else"))
                .isFalse();
        assertThat(queue.settlement().settle(batch, judgement, Optional.empty(), other.holder()))
                .isTrue();
        assertThat(queue.rows("SELECT count(*) FROM queued_message")).containsExactly("0");
    }

    @Test
    void a_wait_shorter_than_a_round_ends_in_time() throws Exception {
        relays.answering("one.test", to -> outcome(Kind.DEFERRED, 450, "4.2.1"));
        queue.submit("alice@here.test", "x@there.test");
        turn();
        assertThat(alarms.ring(Instant.now().plusSeconds(600)))
                .as("the round finds it")
                .isEmpty();
        schedule = new RetrySchedule(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofDays(5));
        queue.sql("UPDATE queued_recipient SET next_attempt = now()");
        turn();
        assertThat(alarms.ring(Instant.now())).as("not yet").isEmpty();
        assertThat(alarms.ring(Instant.now().plusSeconds(3))).containsExactly("there.test");
        assertThat(alarms.ring(Instant.now().plusSeconds(3))).as("once").isEmpty();
    }

    @Test
    void what_waits_behind_a_silent_host_is_tried_when_its_pause_ends() throws Exception {
        relays.closed("one.test", outcome(Kind.DEFERRED, 0, "4.4.1"));
        schedule = new RetrySchedule(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofDays(5));
        queue.submit("alice@here.test", "x@there.test");
        turn();
        alarms.ring(Instant.now().plusSeconds(3));
        queue.submit("alice@here.test", "y@there.test");
        assertThat(turn()).isFalse();
        assertThat(alarms.ring(Instant.now().plusSeconds(3))).containsExactly("there.test");
    }

    @Test
    void mail_for_a_domain_that_became_ours_meanwhile_is_delivered_here() throws Exception {
        var queueId = queue.submit("alice@here.test", "bob@there.test", "nobody@there.test", "z@elsewhere.test");
        queue.sql("INSERT INTO domain (name) VALUES ('there.test')");
        queue.sql("INSERT INTO account (domain_id, local_part) VALUES (2, 'bob')");
        queue.sql("INSERT INTO mailbox (account_id, name, uid_validity) VALUES (2, 'INBOX', 2)");
        turn();
        assertThat(relays.asked).isEmpty();
        assertThat(left()).containsExactly("z@elsewhere.test waiting 0  ");
        assertThat(queue.rows("""
                        SELECT b.account_id, m.subject FROM mailbox_entry e
                        JOIN mailbox b ON b.id = e.mailbox_id JOIN message m ON m.id = e.message_id ORDER BY 1""")).containsExactly("1 Not delivered: hello", "2 hello");
        assertThat(trace(queueId))
                .containsExactly("delivered bob@there.test", "failed nobody@there.test", "bounced nobody@there.test");
    }

    @Test
    void a_message_whose_last_recipient_came_home_leaves_the_queue() throws Exception {
        queue.submit("someone@elsewhere.test", "alice@here.test");
        var here = new Destination("here.test", () -> 20);
        turn(here);
        assertThat(queue.rows("SELECT count(*) FROM queued_message")).containsExactly("0");
        assertThat(queue.rows("SELECT message_id FROM mailbox_entry")).containsExactly("1");
    }

    @Test
    void what_was_sent_is_written_down_though_the_database_was_away_for_a_moment() throws Exception {
        settlement = failingOnce("08006");
        queue.submit("alice@here.test", "x@there.test");
        turn();
        assertThat(relays.asked).hasSize(1);
        assertThat(left()).isEmpty();
    }

    @Test
    void what_the_database_will_never_take_is_set_aside_and_not_sent_again_and_again() throws Exception {
        settlement = failingOnce("22021");
        queue.submit("alice@here.test", "x@there.test");
        turn();
        assertThat(queue.rows("SELECT state FROM queued_recipient")).containsExactly("poison");
    }

    private Settlement failingOnce(String state) {
        var real = queue.settlement();
        var failed = new AtomicBoolean();
        return new Settlement() {
            @Override
            public boolean settle(Batch batch, Judgement judgement, Optional<Report> report, String holder) {
                if (failed.compareAndSet(false, true)) {
                    throw new EJBException(new IllegalStateException(new SQLException("trouble", state)));
                }
                return real.settle(batch, judgement, report, holder);
            }

            @Override
            public boolean settle(List<Sent> together, String holder) {
                return false; // each alone
            }

            @Override
            public void poison(Batch batch, String cause, String holder) {
                real.poison(batch, cause, holder);
            }
        };
    }

    @Test
    void a_sender_is_told_once_that_it_takes_long() throws Exception {
        relays.answering("one.test", to -> outcome(Kind.DEFERRED, 450, "4.2.1"));
        queue.submit("alice@here.test", "x@there.test");
        turn();
        assertThat(queue.rows("SELECT count(*) FROM mailbox_entry")).containsExactly("0");
        for (int i = 0; i < 2; i++) {
            queue.sql("UPDATE queued_recipient SET next_attempt = now()");
            queue.sql("UPDATE queued_recipient SET notice = now() WHERE notice IS NOT NULL");
            turn();
        }
        assertThat(queue.rows("SELECT count(*) FROM mailbox_entry")).containsExactly("1");
        assertThat(left()).containsExactly("x@there.test waiting 3 4.2.1 one.test[192.0.2.1]:25");
    }

    @Test
    void a_deadline_of_the_senders_own_fails_as_such() throws Exception {
        relays.answering("one.test", to -> outcome(Kind.DEFERRED, 450, "4.2.1"));
        var to = List.of(Envelope.Recipient.of("x@there.test"));
        var queueId =
                queue.submit(new Envelope("alice@here.test", Map.of("BY", "1;R"), to), "Return-Path: <a>\r\n\r\n");
        queue.sql("UPDATE queued_recipient SET expires = now() - interval '1 second'");
        queue.sql("UPDATE queued_message SET created = now() - interval '2 seconds'");
        turn();
        assertThat(left()).isEmpty();
        assertThat(queue.rows("SELECT convert_from(octets, 'UTF8') FROM message ORDER BY id")
                        .getLast())
                .contains("Status: 5.4.7");
        assertThat(trace(queueId)).contains("failed x@there.test");
        assertThat(queue.rows("SELECT detail FROM trace WHERE step = 'failed'").getFirst())
                .matches("given up after 0 min \\d+ s, as long as its sender wanted");
    }

    @Test
    void a_paused_domain_asks_nobody_and_says_who_waits_why() throws Exception {
        queue.sql("INSERT INTO destination (domain, paused_by) VALUES ('there.test', 'admin@here.test')");
        queue.submit("alice@here.test", "x@there.test");
        turn();
        assertThat(relays.asked).isEmpty();
        assertThat(queue.rows("SELECT state, attempts, last_text FROM queued_recipient"))
                .containsExactly("waiting 0 An administrator paused deliveries to this domain");
    }

    @Test
    void what_an_operator_leads_elsewhere_goes_there_though_its_domain_is_down() throws Exception {
        relays.closed("one.test", outcome(Kind.DEFERRED, 0, "4.4.1"));
        queue.submit("alice@here.test", "x@there.test", "y@there.test");
        turn();
        queue.sql("UPDATE queued_recipient SET next_attempt = now()");
        queue.sql("UPDATE queued_recipient SET route = 'smtp://127.0.0.9:25' WHERE address = 'y@there.test'");
        turn();
        assertThat(relays.sent).extracting(ScriptedRelays.Sent::host).containsExactly("127.0.0.9");
        assertThat(left()).containsExactly("x@there.test waiting 1 4.4.1 one.test[192.0.2.1]:25");
    }

    @Test
    void what_an_operator_gives_up_returns_to_its_sender_unsent() throws Exception {
        var queueId = queue.submit("alice@here.test", "x@there.test");
        queue.sql("UPDATE queued_recipient SET given_up = 'admin@here.test'");
        turn();
        assertThat(relays.asked).isEmpty();
        assertThat(trace(queueId)).containsExactly("failed x@there.test", "bounced x@there.test");
    }

    @Test
    void a_route_that_holds_lets_go_what_was_asked_for_only() throws Exception {
        queue.sql("INSERT INTO route (domain, target, hold) VALUES ('there.test', '', 'etrn')");
        queue.submit("alice@here.test", "x@there.test");
        queue.submit("alice@here.test", "y@there.test");
        assertThat(turn()).isFalse();
        assertThat(queue.rows("SELECT DISTINCT state, held_by FROM queued_recipient"))
                .containsExactly("held ");
        queue.sql("UPDATE queued_recipient SET state = 'waiting', released = true WHERE address = 'y@there.test'");
        turn();
        assertThat(relays.sent).hasSize(1);
        assertThat(left()).containsExactly("x@there.test held 0  ");
    }

    @Test
    void no_more_leave_than_the_rate_of_a_domain_allows() throws Exception {
        queue.sql("INSERT INTO delivery_rule (domain, per_minute) VALUES ('there.test', 1)");
        queue.submit("alice@here.test", "x@there.test");
        queue.submit("alice@here.test", "y@there.test");
        assertThat(turn()).isTrue();
        assertThat(turn()).isFalse();
        assertThat(relays.sent).hasSize(1);
    }
}
