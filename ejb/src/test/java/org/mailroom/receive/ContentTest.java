package org.mailroom.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.content.Rspamd;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.Reason;
import org.mailroom.contract.receive.Client;
import org.mailroom.policy.Policies;

/** What becomes of a message after a look at what is in it, on a real database. */
class ContentTest {
    private static final Client STRANGER = Clients.stranger("there.test", "192.0.2.1");
    private static final Envelope ENVELOPE = Envelope.of("a@there.test", List.of("alice@here.test"));

    private final DataSource database = TestDatabase.fresh();
    private final TestHouse house = new TestHouse(database);
    private Rspamd rspamd;

    @BeforeEach
    void start() throws Exception {
        rspamd = new Rspamd();
        house.put(Policies.class, rspamd.chain());
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO domain (name) VALUES ('here.test')");
            statement.execute("INSERT INTO account (domain_id, local_part) VALUES (1, 'alice')");
            statement.execute("""
                    INSERT INTO mailbox (account_id, name, special_use, uid_validity)
                    VALUES (1, 'INBOX', NULL, 1), (1, 'Junk', '\\Junk', 2)""");
        }
    }

    @AfterEach
    void stop() {
        rspamd.close();
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

    private String accept(Client client, Envelope envelope) throws Exception {
        return house.inTransaction(() -> offer(client, envelope));
    }

    private String offer(Client client, Envelope envelope) throws MailException {
        var source = MessageSource.of("Subject: hi\r\n\r\ntext\r\n".getBytes(StandardCharsets.ISO_8859_1));
        return house.bean(MailReceiverEndpoint.class)
                .accept(client, envelope, source)
                .queueId();
    }

    @Test
    void what_nothing_speaks_against_is_delivered_and_the_trace_says_who_looked() throws Exception {
        var queueId = accept(STRANGER, ENVELOPE);
        assertThat(rows("SELECT name FROM mailbox WHERE messages = 1")).containsExactly("INBOX");
        assertThat(rows("SELECT step || ' ' || rule || ' ' || detail FROM trace WHERE step = 'checked' AND queue_id = '"
                        + queueId + "'"))
                .containsExactly("checked rspamd no action, score 7.20 of 15.00");
        assertThat(rspamd.asked.getFirst().body())
                .startsWith("Return-Path: <a@there.test>\r\nReceived: from there.test");
        assertThat(rspamd.asked.getFirst().field("Queue-id")).containsExactly(queueId);
        assertThat(rows("SELECT convert_from(octets, 'LATIN1') FROM message").getFirst())
                .doesNotContain("X-Spam-Status");
    }

    @Test
    void junk_is_marked_and_lies_where_junk_belongs() throws Exception {
        rspamd.says("add header");
        accept(STRANGER, ENVELOPE);
        assertThat(rows("SELECT name FROM mailbox WHERE messages = 1")).containsExactly("Junk");
        assertThat(rows("SELECT convert_from(octets, 'LATIN1') FROM message").getFirst())
                .startsWith("Return-Path: <a@there.test>\r\nReceived: from ")
                .contains("+0000\r\nX-Spam-Status: Yes, rspamd: add header, score 7.20 of 15.00\r\nSubject: hi\r\n");
        assertThat(rows("SELECT (size = octet_length(octets))::text FROM message"))
                .containsExactly("true");
        assertThat(rows("SELECT detail FROM trace WHERE step = 'delivered'")).containsExactly("junk");
    }

    @Test
    void spam_is_refused_and_nothing_is_kept() throws Exception {
        rspamd.says("reject");
        refused(Reason.POLICY);
        assertThat(rows("SELECT rule || ': ' || reply FROM trace"))
                .containsExactly("rspamd: 550 5.7.1 This message looks like spam");
        assertThat(rows("SELECT detail FROM trace").getFirst())
                .matches("helo=there.test with=ESMTP after=\\d+ms size=\\d+ reject, score 7.20 of 15.00 subject=hi");
        assertThat(rows("SELECT client FROM trace")).containsExactly("[192.0.2.1]:4321");
    }

    @Test
    void what_is_suspicious_comes_again() throws Exception {
        rspamd.says("soft reject");
        refused(Reason.NOT_YET);
        assertThat(rows("SELECT reply FROM trace")).containsExactly("451 4.7.1 Not now; try again later");
    }

    private void refused(Reason reason) throws Exception {
        // Caught inside, because here the trace shares the transaction that it would survive in the server.
        house.inTransaction(() -> assertThatThrownBy(() -> offer(STRANGER, ENVELOPE))
                .isInstanceOfSatisfying(
                        MailException.class, e -> assertThat(e.reason()).isEqualTo(reason)));
        assertThat(rows("SELECT id FROM message")).isEmpty();
    }

    @Test
    void our_own_users_are_not_judged() throws Exception {
        rspamd.says("reject");
        accept(Clients.user(1), Envelope.of("alice@here.test", List.of("alice@here.test")));
        assertThat(rspamd.asked).isEmpty();
    }

    @Test
    void while_it_is_gone_mail_flows() throws Exception {
        rspamd.close();
        accept(STRANGER, ENVELOPE);
        assertThat(rows("SELECT name FROM mailbox WHERE messages = 1")).containsExactly("INBOX");
        assertThat(rows("SELECT detail FROM trace WHERE step = 'checked'").getFirst())
                .startsWith("not checked: ");
    }
}
