package org.mailroom.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.Reason;
import org.mailroom.contract.receive.Client;
import org.mailroom.contract.receive.Lookup;
import org.mailroom.contract.receive.Receipt;
import org.mailroom.directory.Directory;
import org.mailroom.directory.DirectoryChanged;
import org.mailroom.trace.TraceSearch;

/** What the final dot brings about, on a real database. */
class MailReceiverEndpointTest {
    private final DataSource database = TestDatabase.fresh();
    private final TestHouse house = new TestHouse(database);
    private final Client stranger = Clients.stranger("there.test", "192.0.2.1");

    @BeforeEach
    void accounts() throws SQLException {
        sql("INSERT INTO domain (name) VALUES ('here.test')");
        sql("INSERT INTO account (domain_id, local_part) VALUES (1, 'alice'), (1, 'bob')");
        sql("INSERT INTO alias (domain_id, local_part, account_id) VALUES (1, 'sales', 1)");
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

    private String accept(Client client, Envelope envelope, String content) throws Exception {
        var source = MessageSource.of(content.getBytes(StandardCharsets.ISO_8859_1));
        return house.inTransaction(() -> house.bean(MailReceiverEndpoint.class)
                .accept(client, envelope, source)
                .queueId());
    }

    private String kept() throws SQLException {
        return rows("SELECT convert_from(octets, 'LATIN1') FROM message").getFirst();
    }

    @Test
    void a_message_is_kept_once_for_all_with_our_lines_before_it() throws Exception {
        var envelope = Envelope.of("a@there.test", List.of("Alice@here.test", "bob@HERE.test"));
        var queueId = accept(stranger, envelope, "Subject: hi\r\n\r\ntext\r\n");
        assertThat(kept())
                .startsWith("Return-Path: <a@there.test>\r\nReceived: from there.test ([192.0.2.1])\r\n")
                .contains("\tid " + queueId + ";")
                .endsWith("+0000\r\nSubject: hi\r\n\r\ntext\r\n");
        assertThat(rows("SELECT messages FROM mailbox")).containsOnly("1");
        assertThat(rows("SELECT step || ' ' || recipient FROM trace WHERE queue_id = '" + queueId
                        + "' ORDER BY at, id"))
                .containsExactly("received ", "delivered alice@here.test", "delivered bob@here.test");
        assertThat(rows("SELECT detail FROM trace WHERE step = 'received'").getFirst())
                .contains("helo=there.test with=ESMTP after=")
                .endsWith("subject=hi");
    }

    /** Nothing is judged here, and nobody says all the same that we had found something. */
    @Test
    void what_pretends_to_be_our_finding_is_taken_away_rfc8601_5() throws Exception {
        var forged = "X: y\r\nno field\r\nAuthentication-Results: (x) localhost;\r\n dmarc=pass\r\n"
                + "Authentication-Results: other.test; spf=pass\r\nSubject: x\r\n\r\n";
        accept(stranger, Envelope.of("a@there.test", List.of("alice@here.test")), forged);
        assertThat(kept())
                .endsWith("X: y\r\nno field\r\nAuthentication-Results: other.test; spf=pass\r\nSubject: x\r\n\r\n")
                .doesNotContain("dmarc=pass");
        sql("DELETE FROM mailbox_entry");
        sql("DELETE FROM message");
        accept(Clients.lmtp(), Envelope.of("a@there.test", List.of("alice@here.test")), forged);
        assertThat(kept()).contains("dmarc=pass");
    }

    /** Our last line is our finding on others, or the Message-ID: what follows must not go on with it. */
    @Test
    void a_first_line_that_goes_on_with_none_is_body_rfc5322_2_2_3() throws Exception {
        for (var first : List.of(" ; dkim=pass header.d=bank.test", "\t; dkim=pass")) {
            sql("DELETE FROM mailbox_entry");
            sql("DELETE FROM message");
            accept(
                    stranger,
                    Envelope.of("a@there.test", List.of("alice@here.test")),
                    first + "\r\nSubject: x\r\n\r\ntext\r\n");
            assertThat(kept()).endsWith("+0000\r\n\r\n" + first + "\r\nSubject: x\r\n\r\ntext\r\n");
            assertThat(rows("SELECT coalesce(subject, '') FROM message")).containsExactly("");
        }
    }

    @Test
    void a_header_behind_a_line_of_an_mbox_or_a_byte_order_mark_is_one_all_the_same() throws Exception {
        for (var first : List.of("From user@there.test  Fri Feb 22 17:06:23 2008\r\n", "\u00ef\u00bb\u00bf")) {
            sql("DELETE FROM mailbox_entry");
            sql("DELETE FROM message");
            var message = first + "From: <a@there.test>\r\nSubject: x\r\n\r\ntext\r\n";
            accept(stranger, Envelope.of("a@there.test", List.of("alice@here.test")), message);
            assertThat(kept()).endsWith("+0000\r\n" + message);
            assertThat(rows("SELECT subject FROM message")).containsExactly("x");
        }
    }

    @Test
    void what_is_dated_ahead_waits_also_where_its_recipients_are_here_rfc4865() throws Exception {
        accept(
                Clients.user(1),
                new Envelope(
                        "alice@here.test",
                        Map.of("HOLDFOR", "3600"),
                        List.of(Envelope.Recipient.of("bob@here.test"), Envelope.Recipient.of("sales@here.test"))),
                "Subject: x\r\n\r\ntext\r\n");
        assertThat(rows("SELECT count(*) FROM mailbox_entry")).containsExactly("0");
        assertThat(rows("SELECT address FROM queued_recipient WHERE next_attempt > now() + interval '59 minutes'"))
                .containsExactlyInAnyOrder("bob@here.test", "sales@here.test");
    }

    @Test
    void an_account_that_is_named_twice_gets_one_copy() throws Exception {
        accept(stranger, Envelope.of("", List.of("alice@here.test", "sales@here.test", "alice@here.test")), "x\r\n");
        assertThat(rows("SELECT count(*) FROM mailbox_entry")).containsExactly("1");
        assertThat(rows("SELECT step || ' ' || detail FROM trace WHERE recipient = 'sales@here.test'"))
                .containsExactly("expanded to alice@here.test");
        assertThat(rows("SELECT recipient || ' ' || detail FROM trace WHERE step = 'delivered'"))
                .containsExactly("alice@here.test INBOX");
    }

    @Test
    void what_came_under_another_name_is_traced_to_the_account_that_has_it_and_found_by_its_owner() throws Exception {
        sql("INSERT INTO alias_domain (name, domain_id) VALUES ('other.test', 1)");
        sql("INSERT INTO alias (domain_id, local_part) VALUES (1, 'info')");
        sql("INSERT INTO alias_target (alias_id, address) SELECT max(id), 'bob@here.test' FROM alias");
        house.bean(Directory.class).changed(new DirectoryChanged());
        for (var name : List.of("info@here.test", "bob@other.test", "bob+shop@here.test")) {
            var queueId = accept(stranger, Envelope.of("a@there.test", List.of(name)), "Subject: x\r\n\r\n");
            assertThat(rows("SELECT concat_ws(' ', step, recipient, detail) FROM trace WHERE queue_id = '" + queueId
                            + "' AND recipient <> '' ORDER BY at, id"))
                    .containsExactly(
                            "expanded " + name + " to bob@here.test",
                            "delivered bob@here.test INBOX; by way of " + name);
            try (var connection = database.getConnection()) {
                var search = new TraceSearch(connection);
                var his = Set.of("bob@here.test");
                assertThat(search.search(new TraceSearch.Wanted(queueId, "", "", "", "", "", null, null, his), 0, 10)
                                .found())
                        .extracting(found -> found.status() + " " + found.recipients())
                        .containsExactly("delivered bob@here.test");
                assertThat(search.steps(queueId, his))
                        .extracting(TraceSearch.Step::step)
                        .endsWith("received", "delivered");
            }
        }
    }

    @Test
    void a_submission_to_elsewhere_is_queued_in_the_same_transaction() throws Exception {
        var queueId = accept(
                Clients.user(1), Envelope.of("alice@here.test", List.of("bob@here.test", "x@there.test")), "\r\nx\r\n");
        assertThat(
                        rows(
                                "SELECT q.queue_id || r.address FROM queued_message q JOIN queued_recipient r ON r.queued_id = q.id"))
                .containsExactly(queueId + "x@there.test");
        assertThat(rows("SELECT step FROM trace ORDER BY at, id")).containsExactly("received", "delivered", "queued");
    }

    @Test
    void a_submission_without_date_and_message_id_gets_them_rfc6409() throws Exception {
        var envelope = Envelope.of("alice@here.test", List.of("bob@here.test"));
        var queueId = accept(Clients.user(1), envelope, "Subject: x\r\n\r\n");
        assertThat(kept())
                .contains("\r\nDate: ")
                .contains("\r\nMessage-ID: <" + queueId + "@")
                .contains("\r\nSubject: x");
    }

    @Test
    void what_is_there_and_what_strangers_send_is_left_as_it_is() throws Exception {
        accept(stranger, Envelope.of("a@there.test", List.of("bob@here.test")), "Subject: x\r\n\r\n");
        assertThat(kept()).doesNotContain("Message-ID:").doesNotContain("\r\nDate:");
    }

    @Test
    void a_stranger_cannot_relay_even_if_rcpt_had_let_him() {
        refuses(Reason.RELAY_DENIED, stranger, "x@there.test", "x\r\n");
    }

    @Test
    void a_message_that_goes_round_in_a_circle_is_refused() throws Exception {
        refuses(Reason.LOOP, stranger, "bob@here.test", "Received: x\r\n".repeat(101) + "\r\n");
    }

    @Test
    void a_recipient_who_went_since_rcpt_refuses_the_message() {
        refuses(Reason.NO_SUCH_RECIPIENT, stranger, "gone@here.test", "x\r\n");
    }

    @Test
    void a_submission_without_an_author_gets_the_login_as_author_rfc5322_3_6() throws Exception {
        accept(Clients.user(1), Envelope.of("alice@here.test", List.of("bob@here.test")), "Subject: x\r\n\r\n");
        assertThat(kept()).contains("\r\nFrom: <alice@here.test>\r\n");
    }

    @Test
    void a_user_writes_in_his_own_name_only_rfc6409_6_1() throws Exception {
        var alice = Clients.user(1);
        refuses(Reason.SENDER_NOT_ALLOWED, alice, "bob@here.test", "From: Boss <bob@here.test>\r\n\r\n");
        refuses(Reason.SENDER_NOT_ALLOWED, alice, "bob@here.test", "From: x@elsewhere.test\r\n\r\n");
        refuses(Reason.SENDER_NOT_ALLOWED, alice, "bob@here.test", "From: alice@here.test,\r\n bob@here.test\r\n\r\n");
        refuses(
                Reason.SENDER_NOT_ALLOWED,
                alice,
                "bob@here.test",
                "From: alice@here.test\r\nFrom: bob@here.test\r\n\r\n");
        refuses(
                Reason.SENDER_NOT_ALLOWED,
                alice,
                "bob@here.test",
                "From: alice@here.test\r\nSender: bob@here.test\r\n\r\n");
        refuses(Reason.SENDER_NOT_ALLOWED, alice, "bob@here.test", "From: (alice@here.test)\r\n\r\n");
        accept(
                alice,
                Envelope.of("alice@here.test", List.of("bob@here.test")),
                "From: \"bob@here.test\" <SALES@here.test>\r\n\r\n");
        assertThat(kept()).doesNotContain("\r\nSender:");
    }

    @Test
    void an_author_that_cannot_be_read_to_the_end_is_nobody() {
        var alice = Clients.user(1);
        var padding = ",\r\n alice@here.test".repeat(5_000);
        for (var header : List.of(
                "From: alice@here.test" + padding + ", bob@here.test\r\n",
                "From: alice@here.test\r\n" + "X: y\r\n".repeat(200_000) + "From: bob@here.test\r\n",
                "From: <bob@here.test> <alice@here.test>\r\n",
                "From: alice@here.test\r\nSender: alice@here.test" + padding + "\r\n")) {
            refuses(Reason.SENDER_NOT_ALLOWED, alice, "bob@here.test", header + "\r\n");
        }
    }

    @Test
    void by_lmtp_each_recipient_has_an_answer_rfc2033_4_2() throws Exception {
        sql("UPDATE account SET quota_octets = 10 WHERE id = 2");
        var envelope = Envelope.of("a@there.test", List.of("alice@here.test", "bob@here.test", "gone@here.test"));
        var source = MessageSource.of("Subject: x\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        var receipts =
                house.inTransaction(() -> house.bean(MailReceiverEndpoint.class).deliver(stranger, envelope, source));
        assertThat(receipts).hasSize(3);
        assertThat(receipts.get(0)).isInstanceOf(Receipt.Taken.class);
        assertThat(receipts.get(2))
                .isInstanceOfSatisfying(
                        Receipt.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.NO_SUCH_RECIPIENT));
        assertThat(rows("SELECT sum(messages) FROM mailbox")).containsExactly("1");
        assertThat(rows("SELECT recipient || ' ' || left(reply, 9) FROM trace WHERE step = 'refused' ORDER BY at, id"))
                .containsExactly("bob@here.test 452 4.2.2", "gone@here.test 550 5.1.1");
    }

    @Test
    void a_binary_message_is_kept_as_lines_rfc3030_3() throws Exception {
        var envelope = new Envelope(
                "a@there.test", Map.of("BODY", "BINARYMIME"), List.of(Envelope.Recipient.of("alice@here.test")));
        accept(
                stranger,
                envelope,
                "Subject: x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: binary\r\n\r\na\0\n\r");
        assertThat(kept()).contains("base64").doesNotContain("binary").endsWith("\r\n\r\nYQAKDQ==\r\n");
    }

    @Test
    void vrfy_and_expn_tell_the_truth_to_who_may_see_rfc5321_3_5() {
        var endpoint = house.bean(MailReceiverEndpoint.class);
        assertThat(endpoint.verify(Clients.user(1), "SALES@here.test"))
                .isEqualTo(new Lookup.Found(List.of("alice@here.test")));
        assertThat(endpoint.verify(Clients.user(1), "bob")).isEqualTo(new Lookup.Found(List.of("bob@here.test")));
        assertThat(endpoint.expand(Clients.user(1), "bob")).isEqualTo(new Lookup.Found(List.of("bob@here.test")));
        assertThat(endpoint.expand(Clients.user(1), "x@there.test")).isEqualTo(new Lookup.Elsewhere());
        assertThat(endpoint.verify(Clients.user(1), "nobody")).isEqualTo(new Lookup.Unknown());
        assertThat(endpoint.verify(stranger, "bob@here.test")).isEqualTo(new Lookup.Withheld());
        assertThat(endpoint.expand(stranger, "bob@here.test")).isEqualTo(new Lookup.Withheld());
    }

    @Test
    void expn_of_a_group_without_members_is_told_from_nobody_rfc5321_3_5() throws Exception {
        sql("INSERT INTO mail_group (domain_id, local_part) VALUES (1, 'club')");
        assertThat(house.bean(MailReceiverEndpoint.class).expand(Clients.user(1), "club@here.test"))
                .isEqualTo(new Lookup.Empty("a group without members"));
    }

    @Test
    void vrfy_and_expn_tell_whom_the_operator_wants_told_rfc5321_7_3() {
        var endpoint = house.bean(MailReceiverEndpoint.class);
        house.bean(Lookups.class).follow(new LookupSettings(LookupSettings.Audience.ANYBODY));
        assertThat(endpoint.verify(stranger, "bob@here.test")).isEqualTo(new Lookup.Found(List.of("bob@here.test")));
        house.bean(Lookups.class).follow(new LookupSettings(LookupSettings.Audience.NOBODY));
        assertThat(endpoint.expand(Clients.user(1), "bob@here.test")).isEqualTo(new Lookup.Withheld());
    }

    @Test
    void what_was_decided_and_who_gets_it_is_told_for_verb() throws Exception {
        var source = MessageSource.of("Subject: x\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        var envelope = Envelope.of("alice@here.test", List.of("bob@here.test", "x@there.test"));
        var taken = house.inTransaction(
                () -> house.bean(MailReceiverEndpoint.class).accept(Clients.user(1), envelope, source));
        assertThat(taken.story()).containsExactly("bob@here.test: put into INBOX", "x@there.test: queued");
    }

    private void refuses(Reason reason, Client client, String recipient, String content) {
        assertThatThrownBy(() -> accept(client, Envelope.of("a@there.test", List.of(recipient)), content))
                .isInstanceOfSatisfying(
                        MailException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
