package org.mailroom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.Actor;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.Reason;
import org.mailroom.contract.store.FlagChange;
import org.mailroom.contract.store.FlagChange.Mode;
import org.mailroom.contract.store.Flags;
import org.mailroom.contract.store.MailStore;
import org.mailroom.contract.store.MailStore.NewMessage;
import org.mailroom.contract.store.MessageColumn;
import org.mailroom.contract.store.MessageRow;
import org.mailroom.contract.store.UidSet;
import org.mailroom.mailbox.TestStore;
import org.mailroom.message.Corpus;
import org.mailroom.message.ImapReader;

class MailStoreEndpointTest {
    private static final int BUDGET = 1 << 20;

    private final TestStore house = new TestStore();
    private final MailStore store = TestEndpoint.over(house);
    private final AccountId account = house.account("alice");
    private final Actor alice = new Actor(account, Protocol.IMAP, "s1");

    @Test
    void awkward_messages_come_back_from_append_as_they_went_in() throws MailException {
        var sent = new ArrayList<>(Corpus.messages().entrySet());
        for (var entry : sent) {
            store.append(alice, "INBOX", List.of(message(entry.getValue())));
        }
        long mailbox = store.open(alice, "INBOX", true).view().mailbox();
        var rows = all(mailbox, EnumSet.allOf(MessageColumn.class));
        assertThat(rows).hasSameSizeAs(sent);
        for (int i = 0; i < rows.size(); i++) {
            var octets = sent.get(i).getValue();
            var row = rows.get(i);
            assertThat(whole(row)).as(sent.get(i).getKey()).isEqualTo(octets);
            assertThat(row.header())
                    .isEqualTo(Arrays.copyOf(octets, (int) row.parts().body()));
            assertThat(row.octets()).isEqualTo(Arrays.copyOf(octets, Math.min(octets.length, MailStore.CHUNK)));
            ImapReader.envelope(ImapReader.read(row.envelope()));
            ImapReader.structure(ImapReader.read(row.structure()));
        }
        house.recount();
    }

    @Test
    void a_mailbox_to_which_many_were_copied_is_in_memory_before_anybody_asks() throws Exception {
        append("INBOX", "Subject: a\r\n\r\nb");
        long inbox = store.mailbox(alice, "INBOX").id();
        for (int there = 1; there < 1000; there *= 2) {
            store.copy(alice, inbox, UidSet.ALL, "INBOX", false, 0);
        }
        long many = store.create(alice, "Many", null).id();
        store.copy(alice, inbox, UidSet.ALL, "Many", false, 0);
        house.sql(
                "UPDATE mailbox_entry SET flags = 2 WHERE mailbox_id = " + many); // seen only by who asks the database
        assertThat(house.views.view(many).size()).isEqualTo(1024);
        assertThat(house.views.view(many).flags(7)).isZero();
    }

    @Test
    void columns_that_were_not_asked_for_are_not_read() throws MailException {
        append("INBOX", "Subject: a\r\n\r\nb");
        long mailbox = store.mailbox(alice, "INBOX").id();
        var row = store.rows(alice, mailbox, UidSet.ALL, Set.of(), BUDGET).getFirst();
        assertThat(row)
                .isEqualTo(new MessageRow(1, row.message(), 15, null, null, null, null, null, null, null, null, null));
        assertThat(store.rows(alice, mailbox, UidSet.ALL, Set.of(MessageColumn.INTERNAL_DATE), BUDGET)
                        .getFirst()
                        .internalDate())
                .isNotNull();
    }

    @Test
    void a_page_ends_where_the_budget_does_and_has_one_row_at_least() throws MailException {
        for (int i = 0; i < 10; i++) {
            append("INBOX", "Subject: a\r\n\r\n" + "x".repeat(1000));
        }
        long mailbox = store.mailbox(alice, "INBOX").id();
        assertThat(store.rows(alice, mailbox, UidSet.ALL, Set.of(MessageColumn.OCTETS), 3000))
                .hasSize(3);
        assertThat(store.rows(alice, mailbox, UidSet.ALL, Set.of(MessageColumn.OCTETS), 1))
                .hasSize(1);
        assertThat(store.rows(alice, mailbox, UidSet.ALL, Set.of(MessageColumn.HEADER), 40))
                .hasSize(3);
        assertThat(store.rows(alice, mailbox, UidSet.of(2, 3, 7), Set.of(MessageColumn.ENVELOPE), BUDGET))
                .extracting(MessageRow::uid)
                .containsExactly(2L, 3L, 7L);
        assertThat(store.rows(alice, mailbox, UidSet.of(11, 99), Set.of(MessageColumn.ENVELOPE), BUDGET))
                .isEmpty();
    }

    @Test
    void recent_is_claimed_by_select_and_not_by_examine() throws MailException {
        append("INBOX", "a");
        append("INBOX", "b");
        assertThat(store.open(alice, "INBOX", false).firstRecent()).isEqualTo(1);
        assertThat(store.mailbox(alice, "INBOX").recent()).isEqualTo(2);
        assertThat(store.open(alice, "INBOX", true).firstRecent()).isEqualTo(1);
        assertThat(store.mailbox(alice, "INBOX").recent()).isZero();
        append("INBOX", "c");
        assertThat(store.mailbox(alice, "INBOX").recent()).isEqualTo(1);
        assertThat(store.open(alice, "INBOX", true).firstRecent()).isEqualTo(3);
    }

    /** RFC 3501 §2.3.2: the first session that is told of a message; the second one on this node does not even ask. */
    @Test
    void recent_is_claimed_by_who_is_told_first() throws MailException {
        append("INBOX", "a");
        long inbox = store.open(alice, "INBOX", true).view().mailbox();
        append("INBOX", "b");
        append("INBOX", "c");
        assertThat(store.claimRecent(alice, inbox, 3)).isEqualTo(2);
        assertThat(store.claimRecent(alice, inbox, 3)).isEqualTo(3);
        assertThat(store.mailbox(alice, "INBOX").recent()).isEqualTo(1);
        assertThat(store.open(alice, "INBOX", false).firstRecent()).isEqualTo(3);
        assertThat(store.claimRecent(alice, inbox, 4)).isEqualTo(3);
        assertThat(store.open(alice, "INBOX", true).firstRecent()).isEqualTo(4);
        assertThat(house.mailboxes.claimRecent(inbox, 4)).as("on another node").isEqualTo(4);
        assertThat(house.mailboxes.claimRecent(inbox, 6)).isEqualTo(4);
        assertThatThrownBy(() -> store.claimRecent(new Actor(house.account("bob"), Protocol.IMAP, "s2"), inbox, 7))
                .isInstanceOf(MailException.class);
    }

    /** RFC 3502: all or none. */
    @Test
    void several_messages_are_appended_with_their_flags_and_dates() throws MailException {
        var date = Instant.parse("2001-02-03T04:05:06Z");
        var one = new NewMessage(
                new FlagChange(Mode.REPLACE, Flags.SEEN | Flags.FLAGGED, List.of("$Work")), date, source("a"));
        var two = new NewMessage(new FlagChange(Mode.REPLACE, 0, List.of("$work", "x")), null, source("b"));
        var appended = store.append(alice, "Archive", List.of(one, two));
        assertThat(appended.uids()).isEqualTo(UidSet.range(1, 2));
        var info = store.mailbox(alice, "Archive");
        assertThat(info.uidValidity()).isEqualTo(appended.uidValidity());
        assertThat(info.unseen()).isEqualTo(1);
        var view = store.view(alice, info.id());
        assertThat(view.keywords()).containsExactly("$Work", "x");
        assertThat(view.flags(1)).isEqualTo(Flags.SEEN | Flags.FLAGGED | Flags.keyword(0));
        assertThat(view.flags(2)).isEqualTo(Flags.keyword(0) | Flags.keyword(1));
        assertThat(all(info.id(), Set.of(MessageColumn.INTERNAL_DATE))
                        .getFirst()
                        .internalDate())
                .isEqualTo(date);
        refused(Reason.NO_SUCH_MAILBOX, () -> store.append(alice, "nowhere", List.of(one)));
    }

    @Test
    void watchers_hear_of_each_commit_and_a_refusal_is_silent() throws MailException {
        long mailbox = store.mailbox(alice, "INBOX").id();
        var heard = Collections.synchronizedList(new ArrayList<Long>());
        store.watch(mailbox, heard::add);
        append("INBOX", "a");
        assertThat(heard).containsExactly(mailbox);
        house.sql("UPDATE account SET quota_messages = 1");
        refused(Reason.OVER_QUOTA, () -> append("INBOX", "b"));
        store.store(alice, mailbox, UidSet.of(9), new FlagChange(Mode.ADD, Flags.SEEN, List.of()), Long.MAX_VALUE);
        assertThat(heard).hasSize(1);
        assertThat(store.view(alice, mailbox).size()).isEqualTo(1);
    }

    @Test
    void ten_thousand_messages_are_changed_copied_moved_and_removed_at_once() throws MailException {
        append("INBOX", "Subject: a\r\n\r\nb");
        long inbox = store.mailbox(alice, "INBOX").id();
        // Doubled until there are enough.
        while (store.view(alice, inbox).size() < 10_000) {
            store.copy(alice, inbox, UidSet.ALL, "INBOX", false, 0);
        }
        int size = store.view(alice, inbox).size();
        var every = UidSet.ALL;
        var seen = store.store(alice, inbox, every, new FlagChange(Mode.ADD, Flags.SEEN, List.of("k")), Long.MAX_VALUE);
        assertThat(seen.changed().size()).isEqualTo(size);
        assertThat(seen.view().select(Flags.SEEN, Flags.SEEN).size()).isEqualTo(size);
        var copied = store.copy(alice, inbox, every, "Archive", false, 0);
        assertThat(copied.to()).isEqualTo(UidSet.range(1, size));
        var moved = store.copy(alice, inbox, every, "Trash", true, 0);
        assertThat(moved.from().size()).isEqualTo(size);
        assertThat(store.view(alice, inbox).size()).isZero();
        long trash = store.mailbox(alice, "Trash").id();
        assertThat(store.expunge(alice, trash, every, true)).isEqualTo(UidSet.EMPTY);
        store.store(
                alice,
                trash,
                UidSet.range(1, 5000),
                new FlagChange(Mode.ADD, Flags.DELETED, List.of()),
                Long.MAX_VALUE);
        assertThat(store.expunge(alice, trash, every, true)).isEqualTo(UidSet.range(1, 5000));
        assertThat(store.view(alice, trash).size()).isEqualTo(size - 5000);
        assertThat(store.quota(alice).messages()).isEqualTo(2L * size - 5000);
        house.recount();
    }

    /** RFC 1939 §3 */
    @Test
    void octets_of_a_message_that_is_gone_are_expunged() {
        refused(Reason.EXPUNGED, () -> store.octets(4711, 0, 10));
    }

    /** RFC 8508: what comes and what goes do so at once, and the account never holds both. */
    @Test
    void a_message_takes_the_place_of_another() throws MailException {
        append("INBOX", "a");
        append("INBOX", "b");
        long inbox = store.mailbox(alice, "INBOX").id();
        house.sql("UPDATE account SET quota_messages = 2");
        long before = store.view(alice, inbox).modseq();
        var came = store.replace(alice, inbox, 1, "INBOX", message(new byte[] {'c'}));
        assertThat(came.uids()).isEqualTo(UidSet.of(3));
        assertThat(store.view(alice, inbox).uids()).isEqualTo(UidSet.range(2, 3));
        assertThat(store.expungedSince(alice, inbox, before)).isEqualTo(UidSet.of(1));
        store.replace(alice, inbox, 2, "Archive", message(new byte[] {'d'}));
        assertThat(store.view(alice, inbox).uids()).isEqualTo(UidSet.of(3));
        assertThat(store.mailbox(alice, "Archive").messages()).isEqualTo(1);
        refused(Reason.EXPUNGED, () -> store.replace(alice, inbox, 2, "Archive", message(new byte[] {'e'})));
        refused(Reason.NO_SUCH_MAILBOX, () -> store.replace(alice, inbox, 3, "nowhere", message(new byte[] {'e'})));
        assertThat(store.view(alice, inbox).uids()).isEqualTo(UidSet.of(3));
        assertThat(store.mailbox(alice, "Archive").messages()).isEqualTo(1);
        house.recount();
    }

    private void append(String mailbox, String text) throws MailException {
        store.append(alice, mailbox, List.of(message(text.getBytes(StandardCharsets.ISO_8859_1))));
    }

    private static NewMessage message(byte[] octets) {
        return new NewMessage(new FlagChange(Mode.REPLACE, 0, List.of()), null, MessageSource.of(octets));
    }

    private static MessageSource source(String text) {
        return MessageSource.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private List<MessageRow> all(long mailbox, Set<MessageColumn> columns) throws MailException {
        var all = new ArrayList<MessageRow>();
        var rest = UidSet.ALL;
        for (List<MessageRow> page; !(page = store.rows(alice, mailbox, rest, columns, BUDGET)).isEmpty(); ) {
            all.addAll(page);
            rest = rest.above(page.getLast().uid());
        }
        return all;
    }

    private byte[] whole(MessageRow row) throws MailException {
        var whole = new byte[(int) row.size()];
        for (int at = 0; at < whole.length; ) {
            var piece = store.octets(row.message(), at, MailStore.CHUNK);
            System.arraycopy(piece, 0, whole, at, piece.length);
            at += piece.length;
        }
        return whole;
    }

    private static void refused(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MailException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
