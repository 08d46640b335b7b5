package org.mailroom.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.FlagChange;
import org.mailroom.contract.store.FlagChange.Mode;
import org.mailroom.contract.store.Flags;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.UidSet;

class MailboxViewsTest {
    private static final String TEXT = "Subject: hello\r\n\r\nbody\r\n";

    private final TestStore store = new TestStore();
    private final AccountId alice = store.account("alice");

    @Test
    void a_view_is_kept_while_nothing_changes_and_costs_one_page_when_a_flag_does() throws MailException {
        long inbox = store.mailbox(alice, "INBOX");
        store.deliver(TEXT, alice);
        while (store.views.view(inbox).size() < 2048) {
            store.copies.copy(store.own(alice, inbox), UidSet.ALL, store.own(alice, "INBOX"), false, 0);
        }
        var before = store.views.view(inbox);
        assertThat(store.views.view(inbox)).isSameAs(before);
        store.flags.change(
                store.own(alice, inbox),
                UidSet.of(1000),
                new FlagChange(Mode.ADD, Flags.SEEN, List.of()),
                Long.MAX_VALUE);
        var after = store.views.view(inbox);
        assertThat(before.changesTo(after).changed()).isEqualTo(UidSet.of(1000));
        assertThat(after.entry(1000).modseq()).isEqualTo(after.modseq());
        assertThat(before.flags(1000))
                .as("who keeps the old view sees the old flags")
                .isZero();
    }

    @Test
    void views_that_find_no_room_are_read_again() throws MailException {
        var cramped = new MailboxViews(store.transactions, 1);
        long inbox = store.mailbox(alice, "INBOX");
        for (int n = 1; n <= 20; n++) {
            store.deliver(TEXT, alice);
            cramped.changed(inbox);
            assertThat(cramped.view(inbox).size()).isEqualTo(n);
        }
    }

    /** A row that is changed moves on the disk; UIDs have 32 bits without a sign (RFC 9051 §2.3.1.1). */
    @Test
    void a_view_is_in_the_order_of_uids_whatever_that_of_the_disk() throws Exception {
        long inbox = store.mailbox(alice, "INBOX");
        for (int n = 0; n < 3; n++) {
            store.deliver(TEXT, alice);
        }
        try (var connection = store.transactions.getConnection();
                var sql = connection.createStatement()) {
            sql.execute("UPDATE mailbox_entry SET uid = 4294967294 WHERE uid = 3 AND mailbox_id = " + inbox);
            sql.execute("UPDATE mailbox_entry SET uid = 3000000000 WHERE uid = 2 AND mailbox_id = " + inbox);
            sql.execute("UPDATE mailbox SET uid_next = 4294967295 WHERE id = " + inbox);
        }
        var view = FreshViews.read(store.transactions, inbox);
        assertThat(view.uids()).isEqualTo(UidSet.of(1, 3_000_000_000L, 4_294_967_294L));
        assertThat(view.entry(3).size()).isEqualTo(TEXT.length());
    }

    /** A keyword that no message gets raises no mod-sequence, and commits are heard in any order. */
    @Test
    void news_of_fewer_keywords_than_are_known_are_old() {
        var known = MailboxView.empty(1, 1).with(List.of(), UidSet.EMPTY, 2, 5, List.of("one", "two"));
        assertThat(new ViewNews(5, 5, List.of("one"), List.of()).follows(known)).isFalse();
        assertThat(new ViewNews(5, 5, List.of("one", "two", "three"), List.of()).follows(known))
                .isTrue();
    }

    /** Another node hears late, or never; what SELECT read in the database is reached all the same. */
    @Test
    void a_view_is_as_new_as_its_asker_knows_it_to_be() throws MailException {
        var elsewhere = new MailboxViews(store.transactions, 1 << 20);
        long inbox = store.mailbox(alice, "INBOX");
        assertThat(elsewhere.view(inbox).size()).isZero();
        store.deliver(TEXT, alice);
        assertThat(elsewhere.view(inbox).size()).isZero();
        var opening = store.mailboxes.opening(alice, "INBOX");
        assertThat(elsewhere.view(inbox, opening.modseq()).size()).isEqualTo(1);
    }

    @Test
    void nobody_sees_what_is_not_committed() throws Exception {
        long inbox = store.mailbox(alice, "INBOX");
        var done = new AtomicBoolean();
        try (var threads = Executors.newFixedThreadPool(2)) {
            var reader = threads.submit((Callable<Void>) () -> {
                long seen = 0;
                while (!done.get()) {
                    store.views.changed(inbox);
                    long now = store.views.view(inbox).size();
                    assertThat(now).isGreaterThanOrEqualTo(seen);
                    assertThat(now % 2).as("messages come in pairs").isZero();
                    seen = now;
                }
                return null;
            });
            for (int n = 0; n < 50; n++) {
                boolean fails = n % 5 == 0;
                try {
                    store.transactions.required(() -> {
                        store.deliver(TEXT, alice);
                        store.deliver(TEXT, alice);
                        if (fails) {
                            throw new IllegalStateException("rolled back");
                        }
                        return true;
                    });
                } catch (IllegalStateException e) {
                    assertThat(fails).isTrue();
                }
            }
            done.set(true);
            reader.get();
        }
        assertThat(store.views.view(inbox).size()).isEqualTo(80);
        store.recount();
    }
}
