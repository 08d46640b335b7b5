package org.mailroom.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.QuarantineAdmin;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.directory.Directory;
import org.mailroom.directory.DirectoryChanged;
import org.mailroom.directory.SilentDirectory;
import org.mailroom.policy.Decision;
import org.mailroom.policy.Policies;
import org.mailroom.policy.Policy;
import org.mailroom.policy.Question;
import org.mailroom.trace.TraceSearch;

/** What becomes of a message that a policy takes and does not deliver, on a real database. */
class QuarantineTest {
    private final DataSource database = TestDatabase.fresh();
    private final TestHouse house = new TestHouse(database);

    @BeforeEach
    void accounts() throws SQLException {
        sql("INSERT INTO domain (name) VALUES ('here.test')");
        sql("INSERT INTO account (domain_id, local_part) VALUES (1, 'alice'), (1, 'bob')");
        sql("INSERT INTO mailbox (account_id, name, uid_validity) VALUES (1, 'INBOX', 1), (2, 'INBOX', 2)");
    }

    private void sql(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> rows(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    private String accepted(Decision decision) throws Exception {
        house.put(Policies.class, new Policies(List.of(new Policy() {
            @Override
            public int order() {
                return 1;
            }

            @Override
            public Decision content(Question.Content question) {
                return decision;
            }
        })));
        var envelope = new Envelope(
                "alice@here.test",
                Map.of("RET", "HDRS"),
                List.of(
                        Envelope.Recipient.of("bob@here.test"),
                        new Envelope.Recipient("x@there.test", Map.of("NOTIFY", "FAILURE"))));
        var source = MessageSource.of("Subject: hi\r\n\r\ntext\r\n".getBytes(StandardCharsets.US_ASCII));
        return house.inTransaction(() -> house.bean(MailReceiverEndpoint.class)
                .accept(Clients.user(1), envelope, source)
                .queueId());
    }

    private boolean released(long id) throws Exception {
        return house.inTransaction(
                () -> house.bean(QuarantineRelease.class).release(id, "admin").isPresent());
    }

    @Test
    void what_is_set_aside_waits_and_is_released_once_to_all_of_its_recipients() throws Exception {
        var queueId = accepted(Decision.quarantine("rule trap", "looks odd"));
        assertThat(rows("SELECT rule || '/' || detail || '/' || client FROM quarantined_message"))
                .containsExactly("rule trap/looks odd/[192.0.2.5]:4321");
        assertThat(rows("SELECT count(*) FROM mailbox_entry")).containsExactly("0");
        assertThat(rows("SELECT step || ' ' || recipient FROM trace WHERE queue_id = '" + queueId
                        + "' ORDER BY at, id"))
                .containsExactly("received ", "checked ", "quarantined bob@here.test", "quarantined x@there.test");
        assertThat(released(1)).isTrue();
        assertThat(released(1)).isFalse();
        assertThat(rows("SELECT messages FROM mailbox ORDER BY id")).containsExactly("0", "1");
        assertThat(rows("SELECT q.queue_id || ' ' || r.address || ' ' || r.parameters || ' ' || q.parameters"
                        + " FROM queued_message q JOIN queued_recipient r ON r.queued_id = q.id"))
                .containsExactly(queueId + " x@there.test {\"NOTIFY\": \"FAILURE\"} {\"RET\": \"HDRS\"}");
        assertThat(rows("SELECT detail FROM trace WHERE step = 'administered'"))
                .containsExactly("released from quarantine");
    }

    @Test
    void whoever_is_gone_is_left_out_of_a_release() throws Exception {
        accepted(Decision.quarantine("trap", ""));
        sql("DELETE FROM mailbox WHERE account_id = 2");
        sql("DELETE FROM account WHERE id = 2");
        house.bean(Directory.class).changed(new DirectoryChanged());
        assertThat(released(1)).isTrue();
        assertThat(rows("SELECT address FROM queued_recipient")).containsExactly("x@there.test");
        assertThat(rows("SELECT recipient FROM trace WHERE step = 'failed'")).containsExactly("bob@here.test");
    }

    @Test
    void a_release_tells_each_delivery_once_and_where_addresses_led() throws Exception {
        sql("INSERT INTO forward (account_id, keeps_copy) VALUES (2, false)");
        sql("INSERT INTO forward_target (account_id, address) VALUES (2, 'alice@here.test')");
        house.bean(Directory.class).changed(new DirectoryChanged());
        accepted(Decision.quarantine("trap", ""));
        assertThat(released(1)).isTrue();
        assertThat(rows("SELECT concat_ws(' ', step, recipient, nullif(detail, '')) FROM trace"
                        + " WHERE step NOT IN ('received', 'checked', 'quarantined', 'administered') ORDER BY id"))
                .containsExactly(
                        "expanded bob@here.test to alice@here.test",
                        "queued x@there.test",
                        "delivered alice@here.test INBOX; by way of bob@here.test");
    }

    @Test
    void while_a_directory_cannot_say_who_gets_it_a_message_stays() throws Exception {
        accepted(Decision.quarantine("trap", ""));
        sql("INSERT INTO domain (name) VALUES ('staff.test')");
        sql("INSERT INTO forward (account_id, keeps_copy) VALUES (2, true)");
        sql("INSERT INTO forward_target (account_id, address) VALUES (2, 'carol@staff.test')");
        var directory = SilentDirectory.of("staff.test", address -> {
            sql("INSERT INTO account (domain_id, local_part) VALUES (2, 'carol')");
            sql("INSERT INTO mailbox (account_id, name, uid_validity) VALUES (3, 'INBOX', 3)");
            house.bean(Directory.class).changed(new DirectoryChanged());
        });
        directory.behind(house.bean(Directory.class));
        house.bean(Directory.class).changed(new DirectoryChanged());
        assertThatThrownBy(this::releasedByAdministrator)
                .isInstanceOfSatisfying(
                        AdminException.class, e -> assertThat(e.kind()).isEqualTo(AdminException.Kind.CONFLICT));
        assertThat(rows("SELECT count(*) FROM mailbox_entry")).containsExactly("0");
        directory.answers();
        assertThat(releasedByAdministrator()).isTrue();
        assertThat(rows("SELECT messages FROM mailbox ORDER BY id")).containsExactly("0", "1", "1");
    }

    @Test
    void nobody_is_left_out_of_a_release_whom_a_directory_may_know() throws Exception {
        accepted(Decision.quarantine("trap", ""));
        sql("DELETE FROM mailbox WHERE account_id = 2");
        sql("DELETE FROM account WHERE id = 2");
        SilentDirectory.of("here.test").behind(house.bean(Directory.class));
        house.bean(Directory.class).changed(new DirectoryChanged());
        assertThatThrownBy(this::releasedByAdministrator).isInstanceOf(AdminException.class);
        assertThat(rows("SELECT count(*) FROM quarantined_message")).containsExactly("1");
    }

    private boolean releasedByAdministrator() throws Exception {
        return house.inTransaction(() -> {
            house.bean(QuarantineAdmin.class).release(1);
            return true;
        });
    }

    @Test
    void deleted_and_expired_messages_leave_their_octets_to_the_sweep() throws Exception {
        accepted(Decision.quarantine("trap", ""));
        accepted(Decision.quarantine("trap", ""));
        house.inTransaction(() -> house.bean(QuarantineRelease.class).delete(1, "admin"));
        assertThat(rows("SELECT message_id FROM message_release")).hasSize(1);
        sweep();
        assertThat(rows("SELECT message_id FROM message_release")).hasSize(1);
        sql(
                "UPDATE quarantined_message SET created = now() - interval '31 days', expires = now() - interval '1 second'");
        sweep();
        assertThat(rows("SELECT message_id FROM message_release")).hasSize(2);
        assertThat(rows("SELECT id FROM quarantined_message")).isEmpty();
    }

    private void sweep() throws Exception {
        house.inTransaction(() -> {
            house.bean(QuarantineSweep.class).sweep();
            return true;
        });
    }

    @Test
    void the_trace_of_what_was_deleted_or_expired_ends_with_who_threw_it_away() throws Exception {
        var deleted = accepted(Decision.quarantine("trap", ""));
        var expired = accepted(Decision.quarantine("trap", ""));
        house.inTransaction(() -> house.bean(QuarantineRelease.class).delete(1, "admin"));
        sql(
                "UPDATE quarantined_message SET created = now() - interval '30 days 2 seconds', expires = now() - interval '1 second'");
        sweep();
        assertThat(lastSteps(deleted))
                .containsExactly(
                        "discarded bob@here.test admin deleted from quarantine",
                        "discarded x@there.test admin deleted from quarantine");
        assertThat(lastSteps(expired))
                .containsExactly(
                        "discarded bob@here.test quarantine nobody asked for it in 30 days",
                        "discarded x@there.test quarantine nobody asked for it in 30 days");
        try (var connection = database.getConnection()) {
            for (var queueId : List.of(deleted, expired)) {
                var wanted = new TraceSearch.Wanted(queueId, "", "", "", "", "", null, null, null);
                assertThat(new TraceSearch(connection).search(wanted, 0, 10).found())
                        .extracting(TraceSearch.Found::status)
                        .containsExactly("discarded");
            }
        }
    }

    private List<String> lastSteps(String queueId) throws SQLException {
        return rows(
                "SELECT concat_ws(' ', step, recipient, nullif(client, ''), nullif(rule, ''), detail) FROM (SELECT * FROM trace"
                        + " WHERE queue_id = '" + queueId + "' ORDER BY at DESC, id DESC LIMIT 2) t ORDER BY at, id");
    }

    @Test
    void what_is_discarded_leaves_only_a_trace() throws Exception {
        accepted(Decision.discard("rule hole", ""));
        assertThat(rows("SELECT id FROM message")).isEmpty();
        assertThat(rows("SELECT DISTINCT rule FROM trace WHERE step = 'discarded'"))
                .containsExactly("rule hole");
    }

    @Test
    void what_is_bounced_returns_to_its_sender_as_a_report() throws Exception {
        accepted(Decision.bounce("rule no", "", "Not wanted"));
        assertThat(rows("SELECT q.reverse_path || '>' || r.address FROM queued_message q"
                        + " JOIN queued_recipient r ON r.queued_id = q.id"))
                .containsExactly(">alice@here.test");
        assertThat(rows("SELECT convert_from(octets, 'UTF8') FROM message").getFirst())
                .contains("Final-Recipient: rfc822; bob@here.test")
                .contains("Status: 5.7.1")
                .contains("Not wanted");
    }

    @Test
    void the_trace_of_what_is_bounced_leads_to_the_report_and_the_report_has_its_own() throws Exception {
        var queueId = accepted(Decision.bounce("rule no", "a word", "Not wanted"));
        var report = rows("SELECT queue_id FROM queued_message").getFirst();
        var told = "bounced bob@here.test failed: reported to the sender under " + report;
        assertThat(rows("SELECT concat_ws(' ', step, recipient, nullif(reply, ''), nullif(detail, '')) FROM trace"
                        + " WHERE queue_id = '" + queueId + "' AND step IN ('failed', 'bounced') ORDER BY at, id"))
                .containsExactly(
                        "failed bob@here.test Not wanted a word",
                        "failed x@there.test Not wanted a word",
                        told,
                        told.replace("bob@here.test", "x@there.test"));
        assertThat(rows("SELECT concat_ws(' ', step, recipient, detail) FROM trace WHERE queue_id = '" + report
                        + "' ORDER BY at, id"))
                .satisfiesExactly(
                        received -> assertThat(received)
                                .startsWith("received alice@here.test report on " + queueId + " size=")
                                .endsWith(" subject=Not delivered: hi"),
                        queued -> assertThat(queued).startsWith("queued alice@here.test"));
    }

    @Test
    void the_trace_of_what_is_bounced_says_why_nobody_is_told() throws Exception {
        sql("UPDATE account SET enabled = false WHERE id = 1");
        house.bean(Directory.class).changed(new DirectoryChanged());
        accepted(Decision.bounce("rule no", "", "Not wanted"));
        assertThat(rows("SELECT DISTINCT detail FROM trace WHERE step = 'failed'"))
                .containsExactly("no report: the sender takes no mail here");
        assertThat(rows("SELECT id FROM trace WHERE step = 'bounced'")).isEmpty();
    }
}
