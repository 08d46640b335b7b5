package org.mailroom.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.store.FlagChange;
import org.mailroom.contract.store.FlagChange.Mode;
import org.mailroom.contract.store.Flags;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.UidSet;

class ViewSnapshotsTest {
    private static final int MESSAGES = 1000;
    private static final String KEPT = "SELECT coalesce(max(modseq), 0) FROM view_snapshot";

    private final TestStore store = new TestStore();
    private final AccountId alice = store.account("alice");
    private final long inbox = filled();
    private final ViewSnapshots snapshots =
            new ViewSnapshots(store.transactions, store.views, new ViewSnapshots.Limits(MESSAGES, 10));

    private long filled() {
        try {
            store.deliver("Subject: hello\r\n\r\nbody\r\n", alice);
            var own = store.own(alice, "INBOX");
            for (int there = 1; there < MESSAGES; ) {
                int more = Math.min(there, MESSAGES - there);
                store.copies.copy(own, UidSet.range(1, more), own, false, 0);
                there += more;
            }
            return own.mailbox();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void flag(long first, long last, String keyword) throws Exception {
        var change = new FlagChange(Mode.ADD, Flags.SEEN, List.of(keyword));
        store.flags.change(store.own(alice, inbox), UidSet.range(first, last), change, Long.MAX_VALUE);
    }

    /** As a node reads it that knows nothing of the mailbox. */
    private MailboxView read() throws Exception {
        return FreshViews.read(store.transactions, inbox);
    }

    /** The same without what was kept. */
    private MailboxView readWithout() throws Exception {
        store.sql("DELETE FROM view_snapshot");
        return read();
    }

    private void keep() throws Exception {
        store.views.view(inbox);
        snapshots.round();
    }

    @Test
    void what_is_kept_and_what_came_since_make_the_view() throws Exception {
        flag(1, 300, "$Work");
        keep();
        assertThat(store.number(KEPT)).isEqualTo(store.views.view(inbox).modseq());
        flag(250, 270, "$Later");
        store.expunges.expunge(store.own(alice, inbox), UidSet.range(5, 260), false);
        store.deliver("Subject: new\r\n\r\nbody\r\n", alice);
        assertSame(read(), readWithout());
    }

    @Test
    void what_is_kept_is_not_asked_again() throws Exception {
        keep();
        store.sql("UPDATE mailbox_entry SET flags = 2 WHERE uid = 7"); // as no transaction of ours does it
        assertThat(read().flags(7)).isZero();
        assertThat(readWithout().flags(7)).isEqualTo(2);
    }

    @Test
    void what_is_kept_is_in_memory_before_anybody_asks() throws Exception {
        keep();
        var started = new MailboxViews(store.transactions, 64 << 20);
        new ViewSnapshots(store.transactions, started, new ViewSnapshots.Limits(MESSAGES, 10)).readLargest();
        store.sql("UPDATE mailbox_entry SET flags = 2 WHERE uid = 7");
        store.sql("DELETE FROM view_snapshot"); // seen only by who asks the database
        assertThat(started.view(inbox).flags(7)).isZero();
    }

    @Test
    void a_view_is_kept_again_only_after_many_changes() throws Exception {
        keep();
        long first = store.number(KEPT);
        for (int n = 1; n < 60; n++) {
            flag(n, n, "$Work");
            keep();
            assertThat(store.number(KEPT)).isEqualTo(n < 50 ? first : first + 50);
        }
    }

    @Test
    void what_the_log_no_longer_tells_is_read_anew() throws Exception {
        keep();
        store.expunges.expunge(store.own(alice, inbox), UidSet.range(5, 10), false);
        store.expunges.expunge(store.own(alice, inbox), UidSet.range(11, 12), false);
        store.pruneExpunged(1);
        assertThat(read().size()).isEqualTo(MESSAGES - 8);
        assertSame(read(), readWithout());
    }

    @Test
    void what_is_of_another_form_is_passed_over() throws Exception {
        keep();
        store.sql("UPDATE view_snapshot SET octets = 'something of another release, however it began once'");
        assertThat(read().size()).isEqualTo(MESSAGES);
    }

    @Test
    void small_mailboxes_are_not_kept() throws Exception {
        store.expunges.expunge(store.own(alice, inbox), UidSet.range(1, 1), false);
        keep();
        assertThat(store.number(KEPT)).isZero();
    }

    @Test
    void who_stores_flags_need_not_read_the_view_again() throws Exception {
        store.views.view(inbox);
        flag(1, 1, "$Work");
        store.sql("UPDATE mailbox_entry SET flags = 2 WHERE uid = 1"); // seen only by who asks the database
        var view = store.views.view(inbox);
        assertThat(view.flags(1)).isEqualTo(Flags.SEEN | Flags.keyword(0));
        assertThat(view.keywords()).containsExactly("$Work");
    }

    private static void assertSame(MailboxView one, MailboxView other) {
        assertThat(one.changesTo(other).isEmpty()).isTrue();
        assertThat(one.keywords()).isEqualTo(other.keywords());
        assertThat(one.uidNext()).isEqualTo(other.uidNext());
        assertThat(one.modseq()).isEqualTo(other.modseq());
        for (int n = 1; n <= one.size(); n++) {
            assertThat(one.entry(n)).isEqualTo(other.entry(n));
        }
    }
}
