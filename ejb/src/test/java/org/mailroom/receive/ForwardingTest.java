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
import org.mailroom.authenticity.ForwardedSenders;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.Reason;
import org.mailroom.directory.Directory;
import org.mailroom.directory.SilentDirectory;

/** Mail that goes on from here: by aliases, forwards and groups, with the reports that RFC 3461 §5.2.7 wants. */
class ForwardingTest {
    private final DataSource database = TestDatabase.fresh();
    private final TestHouse house = new TestHouse(database);

    @BeforeEach
    void accounts() throws SQLException {
        house.put(ForwardedSenders.class, new ForwardedSenders() {
            @Override
            public String forwarded(String reversePath, String domain) {
                return reversePath.isEmpty() || reversePath.endsWith("@" + domain)
                        ? reversePath
                        : "SRS0=" + reversePath.replace('@', '=') + "@" + domain;
            }
        });
        sql("INSERT INTO domain (name) VALUES ('here.test')");
        sql("INSERT INTO account (domain_id, local_part) VALUES (1, 'alice'), (1, 'bob')");
        sql("INSERT INTO mailbox (account_id, name, uid_validity) VALUES (1, 'INBOX', 1), (2, 'INBOX', 2)");
        sql("INSERT INTO alias (domain_id, local_part) VALUES (1, 'both'), (1, 'one')");
        sql("INSERT INTO alias_target (alias_id, address) VALUES (1, 'bob@here.test'), (1, 'y@there.test')");
        sql("INSERT INTO alias_target (alias_id, address) VALUES (2, 'z@there.test')");
        sql("INSERT INTO mail_group (domain_id, local_part, display_name) VALUES (1, 'team', 'The Team')");
        sql("INSERT INTO group_member (group_id, address) VALUES (1, 'bob@here.test'), (1, 'x@there.test')");
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

    private void forward(boolean keepsCopy, String... targets) throws SQLException {
        sql("INSERT INTO forward (account_id, keeps_copy) VALUES (1, " + keepsCopy + ")");
        for (var target : targets) {
            sql("INSERT INTO forward_target (account_id, address) VALUES (1, '" + target + "')");
        }
    }

    private void accept(String text, Map<String, String> parameters, Envelope.Recipient... recipients)
            throws Exception {
        var envelope = new Envelope("a@far.test", parameters, List.of(recipients));
        var source = MessageSource.of(text.getBytes(StandardCharsets.US_ASCII));
        house.inTransaction(() -> house.bean(MailReceiverEndpoint.class)
                .accept(Clients.stranger("far.test", "192.0.2.1"), envelope, source));
    }

    private void accept(String... recipients) throws Exception {
        var to = List.of(recipients).stream().map(Envelope.Recipient::of).toArray(Envelope.Recipient[]::new);
        accept("Subject: hi\r\n\r\nx\r\n", Map.of(), to);
    }

    private static Envelope.Recipient wantsAll(String address) {
        return new Envelope.Recipient(address, Map.of("NOTIFY", "SUCCESS,FAILURE", "ORCPT", "rfc822;" + address));
    }

    private List<String> queued() throws SQLException {
        return rows("SELECT concat_ws(' ', reverse_path, address, r.parameters ->> 'NOTIFY', r.parameters ->> 'ORCPT')"
                + " FROM queued_message m JOIN queued_recipient r ON r.queued_id = m.id ORDER BY r.id");
    }

    private List<String> inboxes() throws SQLException {
        return rows("SELECT local_part || ' ' || messages FROM mailbox JOIN account ON account.id = account_id"
                + " ORDER BY account.id");
    }

    private String text(String reversePath) throws SQLException {
        return rows("SELECT convert_from(octets, 'LATIN1') FROM message WHERE position('Return-Path: <" + reversePath
                        + ">' IN convert_from(octets, 'LATIN1')) = 1")
                .getFirst();
    }

    @Test
    void a_forward_goes_on_in_our_name_and_a_copy_stays() throws Exception {
        forward(true, "x@there.test");
        accept("alice@here.test");
        assertThat(queued()).containsExactly("SRS0=a=far.test@here.test x@there.test");
        assertThat(inboxes()).containsExactly("alice 1", "bob 0");
        assertThat(text("SRS0=a=far.test@here.test"))
                .startsWith("Return-Path: <SRS0=a=far.test@here.test>\r\nDelivered-To: alice@here.test\r\nReceived: ")
                .endsWith("\r\n\r\nx\r\n");
        assertThat(
                        rows(
                                "SELECT concat_ws(' ', step, recipient, detail) FROM trace WHERE step <> 'received' ORDER BY id"))
                .containsExactly(
                        "expanded alice@here.test to the mailbox and x@there.test",
                        "delivered alice@here.test INBOX",
                        "queued x@there.test by way of alice@here.test");
    }

    @Test
    void who_leads_only_to_others_is_in_the_trace_too() throws Exception {
        forward(false, "x@there.test");
        accept("alice@here.test");
        assertThat(
                        rows(
                                "SELECT concat_ws(' ', step, recipient, detail) FROM trace WHERE step <> 'received' ORDER BY id"))
                .containsExactly(
                        "expanded alice@here.test to x@there.test", "queued x@there.test by way of alice@here.test");
    }

    /** Or our signature would prove what he only says. */
    @Test
    void what_a_stranger_wrote_stays_known_for_it() throws Exception {
        forward(true, "x@there.test");
        accept("alice@here.test", "team@here.test", "one@here.test");
        assertThat(rows("SELECT parameters ->> 'MAILROOM-FOREIGN' IS NOT NULL FROM queued_message"))
                .containsExactly("t", "t", "t");
    }

    @Test
    void a_forward_without_a_copy_keeps_none() throws Exception {
        forward(false, "x@there.test");
        accept("alice@here.test");
        assertThat(inboxes()).containsExactly("alice 0", "bob 0");
        assertThat(rows("SELECT count(*) FROM message")).containsExactly("1");
    }

    @Test
    void what_was_forwarded_and_comes_back_stays() throws Exception {
        forward(false, "x@there.test");
        accept(
                "Delivered-To: alice@here.test\r\nSubject: hi\r\n\r\n",
                Map.of(),
                Envelope.Recipient.of("alice@here.test"));
        assertThat(queued()).isEmpty();
        assertThat(inboxes()).containsExactly("alice 1", "bob 0");
    }

    @Test
    void what_a_group_sent_and_comes_back_to_it_is_refused() throws Exception {
        assertThatThrownBy(() -> accept(
                        "Delivered-To: team@here.test\r\n\r\n", Map.of(), Envelope.Recipient.of("team@here.test")))
                .isInstanceOfSatisfying(
                        MailException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LOOP));
    }

    @Test
    void a_group_sends_in_its_own_name_to_each_once() throws Exception {
        accept("team@here.test", "bob@here.test");
        assertThat(queued()).containsExactly("team-bounces@here.test x@there.test");
        assertThat(inboxes()).containsExactly("alice 0", "bob 1");
        assertThat(text("team-bounces@here.test"))
                .contains("\r\nDelivered-To: team@here.test\r\nList-Id: \"The Team\" <team.here.test>\r\n"
                        + "List-Post: <mailto:team@here.test>\r\nPrecedence: list\r\nReceived: ");
    }

    @Test
    void the_members_here_get_what_the_list_sent() throws Exception {
        accept("team@here.test");
        assertThat(inboxes()).containsExactly("alice 0", "bob 1");
        assertThat(rows("SELECT count(*) FROM message")).containsExactly("1");
    }

    @Test
    void with_a_list_it_has_arrived_rfc3461_5_2_7_1() throws Exception {
        accept("Subject: hi\r\n\r\n", Map.of("ENVID", "E1"), wantsAll("team@here.test"));
        assertThat(queued()).containsExactly("team-bounces@here.test x@there.test", " a@far.test");
        assertThat(rows("SELECT count(*) FROM queued_message WHERE parameters ? 'ENVID'"))
                .containsExactly("0");
        assertThat(text("")).contains("Subject: Delivered: hi", "Action: delivered", "rfc822; team@here.test");
    }

    @Test
    void an_alias_of_one_hands_all_wishes_on_rfc3461_5_2_7_2() throws Exception {
        accept("Subject: hi\r\n\r\n", Map.of("ENVID", "E1"), wantsAll("one@here.test"));
        assertThat(queued())
                .containsExactly("SRS0=a=far.test@here.test z@there.test SUCCESS,FAILURE rfc822;one@here.test");
        assertThat(rows("SELECT parameters ->> 'ENVID' FROM queued_message")).containsExactly("E1");
    }

    @Test
    void an_alias_of_several_is_told_as_expanded_rfc3461_5_2_7_3() throws Exception {
        accept("Subject: hi\r\n\r\n", Map.of(), wantsAll("both@here.test"));
        assertThat(queued())
                .containsExactly("SRS0=a=far.test@here.test y@there.test FAILURE rfc822;both@here.test", " a@far.test");
        assertThat(inboxes()).containsExactly("alice 0", "bob 1");
        assertThat(text("")).contains("Action: expanded");
    }

    @Test
    void who_asked_hears_of_delivery_here() throws Exception {
        accept("Subject: hi\r\n\r\n", Map.of(), wantsAll("bob@here.test"), Envelope.Recipient.of("alice@here.test"));
        assertThat(queued()).containsExactly(" a@far.test");
        assertThat(text("")).contains("Final-Recipient: rfc822; bob@here.test").doesNotContain("alice");
        var report = rows("SELECT queue_id FROM queued_message").getFirst();
        assertThat(rows("SELECT concat_ws(' ', step, recipient, detail) FROM trace WHERE step = 'reported'"))
                .containsExactly("reported bob@here.test delivered: reported to the sender under " + report);
        assertThat(rows("SELECT step FROM trace WHERE queue_id = '" + report + "' ORDER BY at, id"))
                .containsExactly("received", "queued");
    }

    /** As at RCPT, also beside somebody who is there. */
    @Test
    void what_leads_to_nobody_any_more_refuses_the_message() throws Exception {
        sql("INSERT INTO alias (domain_id, local_part) VALUES (1, 'info')");
        sql("INSERT INTO alias_target (alias_id, address) VALUES (3, 'alice@here.test')");
        sql("INSERT INTO mail_group (domain_id, local_part) VALUES (1, 'club')");
        sql("INSERT INTO group_member (group_id, address) VALUES (2, 'alice@here.test')");
        sql("UPDATE account SET enabled = false WHERE id = 1");
        refused(Reason.NO_SUCH_RECIPIENT, "info@here.test", "bob@here.test");
        refused(Reason.NO_SUCH_RECIPIENT, "bob@here.test", "club@here.test");
    }

    @Test
    void while_a_directory_cannot_say_who_is_behind_an_address_the_message_comes_again() throws Exception {
        SilentDirectory.of("staff.test").behind(house.bean(Directory.class));
        sql("INSERT INTO domain (name) VALUES ('staff.test')");
        sql("INSERT INTO group_member (group_id, address) VALUES (1, 'carol@staff.test')");
        sql("INSERT INTO alias_target (alias_id, address) VALUES (2, 'carol@staff.test')");
        refused(Reason.UNAVAILABLE, "team@here.test");
        refused(Reason.UNAVAILABLE, "one@here.test", "bob@here.test");
    }

    private void refused(Reason reason, String... recipients) throws Exception {
        assertThatThrownBy(() -> accept(recipients))
                .isInstanceOfSatisfying(
                        MailException.class, e -> assertThat(e.reason()).isEqualTo(reason));
        assertThat(rows("SELECT id FROM message")).isEmpty();
    }

    @Test
    void a_bounce_to_a_list_stays_one() throws Exception {
        var envelope = Envelope.of("", List.of("team@here.test"));
        house.inTransaction(() -> house.bean(MailReceiverEndpoint.class)
                .accept(Clients.stranger("far.test", "192.0.2.1"), envelope, MessageSource.of(new byte[] {'\r', '\n'
                })));
        assertThat(queued()).containsExactly(" x@there.test");
    }
}
