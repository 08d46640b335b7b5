package org.mailroom.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.store.FlagChange;
import org.mailroom.contract.store.FlagChange.Mode;
import org.mailroom.contract.store.Flags;
import org.mailroom.contract.store.MailboxInfo;
import org.mailroom.contract.store.UidSet;

class MailboxesTest {
    private static final String TEXT = "Subject: hello\r\n\r\nbody\r\n";
    private static final String WAITING =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

    private final TestStore store = new TestStore();
    private final AccountId alice = store.account("alice");

    @Test
    void an_account_begins_with_the_standard_mailboxes_subscribed() throws MailException {
        assertThat(names()).containsExactly("INBOX", "Archive", "Drafts", "Junk", "Sent", "Trash");
        assertThat(store.mailboxes.all(alice)).allMatch(MailboxInfo::subscribed);
        assertThat(store.mailboxes.find(alice, "Sent").specialUse()).isEqualTo("\\Sent");
        assertThat(store.mailboxes.find(alice, "inbox").name()).isEqualTo("INBOX");
    }

    /** RFC 9051 §6.3.4 */
    @Test
    void those_above_are_made_too() throws MailException {
        store.mailboxes.create(alice, "a/b/c/", null, false);
        assertThat(names()).contains("a", "a/b", "a/b/c");
        refused(Reason.MAILBOX_EXISTS, () -> store.mailboxes.create(alice, "a/b", null, false));
        assertThat(store.mailboxes.create(alice, "a/Sent", "\\Sent", false).specialUse())
                .isEqualTo("\\Sent");
    }

    @Test
    void bad_names_are_refused() {
        for (var name :
                List.of("", "/", "a//b", "/a", "a\u0000b", "a\rb", "\ud800", "x".repeat(401), "a/".repeat(30) + "a")) {
            refused(Reason.BAD_NAME, () -> store.mailboxes.create(alice, name, null, false));
        }
        refused(Reason.BAD_NAME, () -> store.mailboxes.delete(TestStore.actor(alice), alice, "InBox"));
    }

    /** RFC 9051 §6.3.6 */
    @Test
    void rename_takes_along_what_is_below() throws MailException {
        var made = store.mailboxes.create(alice, "\u00e4/b%_/c", null, false);
        store.mailboxes.create(alice, "\u00e4/b%_x", null, false);
        store.mailboxes.rename(TestStore.actor(alice), alice, "\u00e4/b%_", "d/e");
        assertThat(names())
                .contains("d", "d/e", "d/e/c", "\u00e4", "\u00e4/b%_x")
                .doesNotContain("\u00e4/b%_", "\u00e4/b%_/c");
        assertThat(store.mailboxes.find(alice, "d/e/c").id()).isEqualTo(made.id());
        refused(Reason.NO_SUCH_MAILBOX, () -> store.mailboxes.rename(TestStore.actor(alice), alice, "gone", "x"));
        refused(Reason.MAILBOX_EXISTS, () -> store.mailboxes.rename(TestStore.actor(alice), alice, "d", "\u00e4"));
        refused(Reason.MAILBOX_EXISTS, () -> store.mailboxes.rename(TestStore.actor(alice), alice, "d", "inbox"));
        refused(Reason.BAD_NAME, () -> store.mailboxes.rename(TestStore.actor(alice), alice, "d", "d/e/f"));
        refused(Reason.MAILBOX_EXISTS, () -> store.mailboxes.rename(TestStore.actor(alice), alice, "d", "d"));
        refused(Reason.MAILBOX_EXISTS, () -> store.mailboxes.rename(TestStore.actor(alice), alice, "d/e/c", "d/e/c"));
    }

    /** RFC 9051 §6.3.6 */
    @Test
    void inbox_gives_its_messages_away_and_stays() throws MailException {
        store.deliver(TEXT, alice);
        store.deliver(TEXT, alice);
        store.mailboxes.create(alice, "INBOX/below", null, false);
        store.mailboxes.rename(TestStore.actor(alice), alice, "INBOX", "old/inbox");
        assertThat(store.mailboxes.find(alice, "INBOX").messages()).isZero();
        assertThat(store.mailboxes.find(alice, "old/inbox").messages()).isEqualTo(2);
        assertThat(names()).contains("INBOX/below");
        store.recount();
    }

    @Test
    void a_removed_mailbox_is_gone_for_its_sessions_and_its_name_is_free() throws MailException {
        store.deliver(TEXT, alice);
        long inbox = store.mailbox(alice, "INBOX");
        var made = store.mailboxes.create(alice, "a/b", null, false);
        store.copies.copy(store.own(alice, inbox), UidSet.ALL, store.own(alice, "a/b"), false, 0);
        assertThat(store.views.view(made.id()).size()).isEqualTo(1);
        store.mailboxes.delete(TestStore.actor(alice), alice, "a/b");
        refused(Reason.NO_SUCH_MAILBOX, () -> store.views.view(made.id()));
        var again = store.mailboxes.create(alice, "a/b", null, false);
        assertThat(again.uidValidity()).isGreaterThan(made.uidValidity());
        assertThat(store.number("SELECT count(*) FROM message_release")).isEqualTo(1);
    }

    /** RFC 2180 §4.4 */
    @Test
    void where_all_must_be_there_all_are_copied_or_none() throws MailException {
        for (int i = 0; i < 3; i++) {
            store.deliver(TEXT, alice);
        }
        long inbox = store.mailbox(alice, "INBOX");
        store.expunges.expunge(store.own(alice, inbox), UidSet.of(2), false);
        for (boolean move : new boolean[] {false, true}) {
            refused(
                    Reason.EXPUNGED,
                    () -> store.copies.copy(
                            store.own(alice, inbox), UidSet.range(1, 3), store.own(alice, "Trash"), move, 3));
        }
        assertThat(store.mailboxes.find(alice, "Trash").messages()).isZero();
        assertThat(store.views.view(inbox).size()).isEqualTo(2);
        var left = store.copies.copy(store.own(alice, inbox), UidSet.range(1, 3), store.own(alice, "Trash"), true, 2);
        assertThat(left.from()).isEqualTo(UidSet.of(1, 3));
        store.recount();
    }

    @Test
    void names_are_subscribed_whether_or_not_they_exist() throws MailException {
        store.mailboxes.subscribe(alice, "nowhere", true);
        store.mailboxes.subscribe(alice, "nowhere", true);
        store.mailboxes.subscribe(alice, "Junk", false);
        assertThat(store.mailboxes.subscriptions(alice))
                .contains("nowhere", "INBOX")
                .doesNotContain("Junk");
    }

    @Test
    void keywords_keep_their_first_case_and_follow_a_copy() throws MailException {
        store.deliver(TEXT, alice);
        long inbox = store.mailbox(alice, "INBOX");
        long trash = store.mailbox(alice, "Trash");
        store.flags.change(store.own(alice, inbox), UidSet.of(1), add("$Forwarded", "b"), Long.MAX_VALUE);
        store.flags.change(store.own(alice, inbox), UidSet.of(1), add("$FORWARDED", "c"), Long.MAX_VALUE);
        assertThat(store.views.view(inbox).keywords()).containsExactly("$Forwarded", "b", "c");
        store.flags.change(
                store.own(alice, inbox), UidSet.of(1), new FlagChange(Mode.REMOVE, 0, List.of("B")), Long.MAX_VALUE);
        store.deliver(TEXT, alice);
        store.copies.copy(store.own(alice, inbox), UidSet.of(2), store.own(alice, "Trash"), false, 0);
        store.flags.change(store.own(alice, trash), UidSet.of(1), add("C"), Long.MAX_VALUE);
        store.copies.copy(store.own(alice, inbox), UidSet.of(1), store.own(alice, "Trash"), true, 0);
        var view = store.views.view(trash);
        assertThat(view.keywords()).containsExactly("C", "$Forwarded");
        assertThat(view.flags(2)).isEqualTo(Flags.keyword(0) | Flags.keyword(1));
        store.recount();
    }

    @Test
    void a_mailbox_has_so_many_keywords_and_no_more() throws MailException {
        store.deliver(TEXT, alice);
        long inbox = store.mailbox(alice, "INBOX");
        for (int i = 0; i < Flags.MOST_KEYWORDS; i++) {
            store.flags.change(store.own(alice, inbox), UidSet.of(1), add("k" + i), Long.MAX_VALUE);
        }
        refused(
                Reason.LIMIT,
                () -> store.flags.change(store.own(alice, inbox), UidSet.of(1), add("more"), Long.MAX_VALUE));
        assertThat(store.views.view(inbox).flags(1)).isEqualTo((1L << 62) - (1L << 8));
    }

    /** RFC 7162 §3.1.3 */
    @Test
    void what_changed_since_is_left_alone() throws MailException {
        store.deliver(TEXT, alice);
        store.deliver(TEXT, alice);
        long inbox = store.mailbox(alice, "INBOX");
        long modseq = store.views.view(inbox).modseq();
        store.flags.change(
                store.own(alice, inbox), UidSet.of(1), new FlagChange(Mode.ADD, Flags.SEEN, List.of()), modseq);
        var changed = store.flags.change(
                store.own(alice, inbox), UidSet.ALL, new FlagChange(Mode.ADD, Flags.FLAGGED, List.of()), modseq);
        assertThat(changed.changed()).isEqualTo(UidSet.of(2));
        assertThat(changed.modified()).isEqualTo(UidSet.of(1));
        assertThat(store.mailboxes.find(alice, "INBOX").unseen()).isEqualTo(1);
    }

    @Test
    void the_quota_holds_exactly() throws MailException {
        store.deliver(TEXT, alice);
        store.sql("UPDATE account SET quota_octets = " + 2 * TEXT.length());
        store.quotas.check(alice, TEXT.length());
        refused(Reason.OVER_QUOTA, () -> store.quotas.check(alice, TEXT.length() + 1));
        long inbox = store.mailbox(alice, "INBOX");
        store.copies.copy(store.own(alice, inbox), UidSet.ALL, store.own(alice, "Archive"), false, 0);
        refused(
                Reason.OVER_QUOTA,
                () -> store.copies.copy(store.own(alice, inbox), UidSet.ALL, store.own(alice, "Archive"), false, 0));
        store.copies.copy(store.own(alice, inbox), UidSet.ALL, store.own(alice, "Archive"), true, 0);
        assertThat(store.quotas.quota(alice).octets()).isEqualTo(2L * TEXT.length());
        assertThat(store.quotas.quota(alice).messages()).isEqualTo(2);
        store.recount();
    }

    @Test
    void the_quota_holds_for_two_who_add_to_two_mailboxes_at_once() throws Exception {
        store.deliver(TEXT, alice);
        long inbox = store.mailbox(alice, "INBOX");
        long archive = store.mailbox(alice, "Archive");
        store.copies.copy(store.own(alice, inbox), UidSet.ALL, store.own(alice, "Archive"), false, 0);
        store.sql("UPDATE account SET quota_messages = 3");
        try (var thread = Executors.newSingleThreadExecutor()) {
            var other = store.transactions.required(() -> {
                store.copies.copy(store.own(alice, inbox), UidSet.ALL, store.own(alice, "Sent"), false, 0);
                var second = thread.submit(() ->
                        store.copies.copy(store.own(alice, archive), UidSet.ALL, store.own(alice, "Drafts"), false, 0));
                while (!second.isDone() && store.number(WAITING) == 0) {
                    Thread.onSpinWait();
                }
                return second;
            });
            assertThatThrownBy(() -> other.get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(MailException.class)
                    .hasMessageContaining("no room");
        }
        assertThat(store.quotas.quota(alice).messages()).isEqualTo(3);
        store.recount();
    }

    @Test
    void nobody_reaches_into_the_mailbox_of_another() throws MailException {
        var bob = store.account("bob");
        store.deliver(TEXT, alice);
        long inbox = store.mailbox(alice, "INBOX");
        refused(Reason.NO_SUCH_MAILBOX, () -> store.expunges.expunge(store.own(bob, inbox), UidSet.ALL, false));
        refused(
                Reason.NO_SUCH_MAILBOX,
                () -> store.copies.copy(store.own(bob, inbox), UidSet.ALL, store.own(bob, "INBOX"), true, 0));
        refused(
                Reason.NO_SUCH_MAILBOX,
                () -> store.flags.change(store.own(bob, inbox), UidSet.ALL, add("x"), Long.MAX_VALUE));
        refused(
                Reason.NO_SUCH_MAILBOX,
                () -> store.flags.change(store.own(bob, inbox), UidSet.ALL, SEEN, Long.MAX_VALUE));
        assertThat(store.views.view(inbox).flags(1)).isZero();
        store.recount();
    }

    @Test
    void flags_that_waited_for_other_flags_come_after_them() throws Exception {
        store.deliver(TEXT, alice);
        var inbox = store.own(alice, "INBOX");
        try (var thread = Executors.newSingleThreadExecutor()) {
            var second = store.transactions.required(() -> {
                store.flags.change(inbox, UidSet.of(1), add("first"), Long.MAX_VALUE);
                var waiting = thread.submit(() -> store.flags.change(inbox, UidSet.of(1), SEEN, Long.MAX_VALUE));
                while (!waiting.isDone() && store.number(WAITING) == 0) {
                    Thread.onSpinWait();
                }
                return waiting;
            });
            assertThat(second.get(10, TimeUnit.SECONDS).changed()).isEqualTo(UidSet.of(1));
        }
        var view = store.views.view(inbox.mailbox());
        assertThat(view.flags(1)).isEqualTo(Flags.SEEN | Flags.keyword(0));
        assertThat(view.entry(1).modseq()).isEqualTo(view.modseq());
        store.recount();
    }

    private static final FlagChange SEEN = new FlagChange(Mode.ADD, Flags.SEEN, List.of());

    private static FlagChange add(String... keywords) {
        return new FlagChange(Mode.ADD, 0, List.of(keywords));
    }

    private List<String> names() throws MailException {
        return store.mailboxes.all(alice).stream().map(MailboxInfo::name).toList();
    }

    private static void refused(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MailException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
