package org.mailroom.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.Actor;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.store.Rights;
import org.mailroom.contract.store.UidSet;
import org.mailroom.trace.TraceSearch;

/** What people do with their mail, as the trace tells it. */
class SequelTest {
    private static final String TEXT =
            "From: Bob@there.example\r\nMessage-ID: <m@there.example>\r\nSubject: lunch\r\n\r\nhi\r\n";

    private final TestStore store = new TestStore();
    private final AccountId alice = store.account("alice");
    private final AccountId bob = store.account("bob");

    private List<String> told() {
        return store.texts("SELECT concat_ws('|', queue_id, step, session, recipient, client, reply, detail)"
                + " FROM trace ORDER BY at, id");
    }

    private Access own(String name) throws MailException {
        return store.own(alice, name);
    }

    @Test
    void a_move_a_copy_and_a_deletion_stand_with_how_the_message_came() throws MailException {
        store.deliver("K7", TEXT, alice, bob);
        store.copies.copy(own("INBOX"), UidSet.ALL, own("Archive"), false, 0);
        store.copies.copy(own("INBOX"), UidSet.ALL, own("Trash"), true, 0);
        store.expunges.expunge(own("Trash"), UidSet.ALL, false);
        assertThat(told())
                .containsExactly(
                        "K7|copied|s1|alice@here.example|alice@here.example||uid=1 mailbox=\"INBOX\" to=\"Archive\" with=imap",
                        "K7|moved|s1|alice@here.example|alice@here.example||uid=1 mailbox=\"INBOX\" to=\"Trash\" with=imap",
                        "K7|deleted|s1|alice@here.example|alice@here.example||uid=1 mailbox=\"Trash\" with=imap");
        store.recount();
    }

    @Test
    void what_a_client_put_there_has_no_story() throws MailException {
        store.deliver(TEXT, alice);
        store.copies.copy(own("INBOX"), UidSet.ALL, own("Trash"), true, 0);
        store.expunges.expunge(own("Trash"), UidSet.ALL, false);
        assertThat(told()).isEmpty();
    }

    @Test
    void only_what_went_is_told_of() throws MailException {
        store.deliver("K7", TEXT, alice);
        assertThat(store.expunges.expunge(own("INBOX"), UidSet.ALL, true)).isEqualTo(UidSet.EMPTY);
        assertThat(store.expunges.expunge(own("INBOX"), UidSet.of(7), false)).isEqualTo(UidSet.EMPTY);
        assertThat(told()).isEmpty();
    }

    @Test
    void another_who_deletes_is_named() throws MailException {
        store.deliver("K7", TEXT, alice);
        var guest = new Access(store.mailbox(alice, "INBOX"), alice, new Actor(bob, Protocol.POP3, "s2"), Rights.ALL);
        store.expunges.expunge(guest, UidSet.ALL, false);
        assertThat(told())
                .containsExactly(
                        "K7|deleted|s2|alice@here.example|bob@here.example||uid=1 mailbox=\"INBOX\" with=pop3");
    }

    @Test
    void a_move_to_another_owner_tells_to_whom() throws MailException {
        store.deliver("K7", TEXT, alice);
        var target = new Access(store.mailbox(bob, "INBOX"), bob, TestStore.actor(alice), Rights.ALL);
        store.copies.copy(own("INBOX"), UidSet.ALL, target, true, 0);
        assertThat(told())
                .containsExactly("K7|moved|s1|alice@here.example|alice@here.example||uid=1 mailbox=\"INBOX\""
                        + " to=\"INBOX\" of bob@here.example with=imap");
    }

    @Test
    void a_mailbox_goes_with_what_lies_in_it_and_an_inbox_is_emptied_by_a_new_name() throws MailException {
        store.deliver("K7", TEXT, alice);
        store.mailboxes.rename(TestStore.actor(alice), alice, "INBOX", "Old \u202Email");
        store.mailboxes.delete(TestStore.actor(alice), alice, "Old \u202Email");
        assertThat(told())
                .containsExactly(
                        "K7|moved|s1|alice@here.example|alice@here.example||uid=1 mailbox=\"INBOX\" to=\"Old _mail\" with=imap",
                        "K7|deleted|s1|alice@here.example|alice@here.example|the mailbox was removed|uid=1"
                                + " mailbox=\"Old _mail\" with=imap");
    }

    @Test
    void what_came_before_the_days_of_the_trace_tells_which_it_was() throws MailException {
        store.deliver("K7", TEXT, alice);
        store.sql("UPDATE message SET received = now() - interval '31 days', subject = E'lunch\\nand \\u202Esupper'");
        store.copies.copy(own("INBOX"), UidSet.ALL, own("Trash"), true, 0);
        store.expunges.expunge(own("Trash"), UidSet.ALL, false);
        assertThat(told())
                .last()
                .isEqualTo("K7|removed|s1|alice@here.example|alice@here.example||uid=1 mailbox=\"Trash\" with=imap"
                        + " message-id=<m@there.example> subject=lunch_and _supper");
        assertThat(store.texts("SELECT sender FROM trace")).containsExactly("", "bob@there.example");
    }

    @Test
    void ten_thousand_go_at_once_and_each_has_its_step() throws MailException {
        store.deliver("K7", TEXT, alice);
        store.sql("""
                INSERT INTO mailbox_entry (mailbox_id, uid, message_id, modseq, internal_date, size)
                SELECT mailbox_id, n, message_id, 2, now(), size FROM mailbox_entry, generate_series(2, 10000) n""");
        store.sql(
                "UPDATE mailbox SET (messages, unseen, octets, uid_next, modseq) = (SELECT count(*), count(*), sum(size), 10001,"
                        + " 2 FROM mailbox_entry) WHERE name = 'INBOX' AND account_id = " + alice.value());
        store.copies.copy(own("INBOX"), UidSet.ALL, own("Trash"), true, 0);
        store.expunges.expunge(own("Trash"), UidSet.range(1, 10_000), false);
        assertThat(store.number("SELECT count(*) FROM trace WHERE step = 'moved'"))
                .isEqualTo(10_000);
        assertThat(store.number("SELECT count(DISTINCT detail) FROM trace WHERE step = 'deleted'"))
                .isEqualTo(10_000);
        store.recount();
    }

    @Test
    void he_whose_mailbox_it_is_sees_it_and_the_sender_does_not() throws Exception {
        store.sql("INSERT INTO trace (queue_id, step, sender) VALUES ('K7', 'received', 'carol@here.example')");
        store.sql(
                "INSERT INTO trace (queue_id, step, sender, recipient) SELECT 'K7', 'delivered', 'carol@here.example',"
                        + " n || '@here.example' FROM unnest(ARRAY['alice', 'bob']) n");
        store.deliver("K7", TEXT, alice, bob);
        store.expunges.expunge(own("INBOX"), UidSet.ALL, false);
        assertThat(steps("alice@here.example")).containsExactly("received", "delivered", "deleted");
        assertThat(steps("bob@here.example")).containsExactly("received", "delivered");
        assertThat(steps("carol@here.example")).containsExactly("received", "delivered", "delivered");
        assertThat(steps("here.example")).contains("deleted");
        assertThat(statuses("carol@here.example")).containsExactly("delivered");
        assertThat(statuses("alice@here.example")).containsExactly("delivered");
    }

    private List<String> steps(String whose) throws SQLException {
        try (var connection = store.transactions.getConnection()) {
            return new TraceSearch(connection)
                    .steps("K7", Set.of(whose)).stream()
                            .map(TraceSearch.Step::step)
                            .toList();
        }
    }

    private List<String> statuses(String whose) throws SQLException {
        try (var connection = store.transactions.getConnection()) {
            var wanted = new TraceSearch.Wanted("", "", "", "", "", "", null, null, Set.of(whose));
            return new TraceSearch(connection)
                    .search(wanted, 0, 10).found().stream()
                            .map(TraceSearch.Found::status)
                            .toList();
        }
    }
}
