package org.mailroom.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.FlagChange;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.UidSet;

/** Several sessions do what they like to the same mailboxes; nothing may be miscounted, and no view may differ. */
class RandomOperationsTest {
    private static final List<String> NAMES = List.of("INBOX", "Archive", "Trash");
    private static final int THREADS = 6;
    private static final int STEPS = 150;

    private final TestStore store = new TestStore();
    private final AccountId alice = store.account("alice");
    private final AccountId bob = store.account("bob");

    @Test
    void counters_and_views_stay_true() throws Exception {
        for (int i = 0; i < 50; i++) {
            store.deliver("Subject: " + i + "\r\n\r\nbody\r\n", alice, bob);
        }
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var sessions = IntStream.range(0, THREADS).<Callable<Void>>mapToObj(seed -> () -> session(seed));
            for (var done : threads.invokeAll(sessions.toList())) {
                done.get();
            }
        }
        store.recount();
        for (var name : NAMES) {
            long mailbox = store.mailbox(alice, name);
            same(store.views.view(mailbox), new MailboxViews(store.transactions, 1 << 20).view(mailbox));
        }
    }

    private Void session(int seed) throws MailException {
        var random = new Random(seed);
        var known = store.views.view(store.mailbox(alice, "INBOX"));
        for (int i = 0; i < STEPS; i++) {
            step(random);
            // What a session is told from one view to the next leads it from the one to the other.
            var next = store.views.view(known.mailbox());
            assertThat(next.modseq()).isGreaterThanOrEqualTo(known.modseq());
            var changes = known.changesTo(next);
            var uids = known.uids().minus(changes.expunged());
            assertThat(uids.size() + changes.added()).isEqualTo(next.size());
            assertThat(next.uids().and(UidSet.range(1, known.uidNext() - 1))).isEqualTo(uids);
            known = next;
        }
        return null;
    }

    private void step(Random random) throws MailException {
        var name = NAMES.get(random.nextInt(NAMES.size()));
        long mailbox = store.mailbox(alice, name);
        var view = store.views.view(mailbox);
        var uids = some(random, view);
        switch (random.nextInt(8)) {
            case 0, 1 -> store.deliver("Subject: x\r\n\r\nbody\r\n", alice, bob);
            case 2 ->
                store.copies.copy(
                        store.own(alice, mailbox),
                        uids,
                        store.own(alice, NAMES.get(random.nextInt(NAMES.size()))),
                        false,
                        0);
            case 3 ->
                store.copies.copy(
                        store.own(alice, mailbox),
                        uids,
                        store.own(alice, NAMES.get(random.nextInt(NAMES.size()))),
                        true,
                        0);
            case 4 -> {
                var gone = store.expunges.expunge(store.own(alice, mailbox), uids, random.nextBoolean());
                assertThat(store.views.view(mailbox).uids().and(gone)).isEqualTo(UidSet.EMPTY);
            }
            default -> {
                var mode = FlagChange.Mode.values()[random.nextInt(3)];
                var keywords = random.nextInt(4) == 0 ? List.of("k" + random.nextInt(5)) : List.<String>of();
                var change = new FlagChange(mode, random.nextInt(32), keywords);
                store.flags.change(store.own(alice, mailbox), uids, change, Long.MAX_VALUE);
            }
        }
    }

    private static UidSet some(Random random, MailboxView view) {
        var some = new UidSet.Builder();
        for (int at = 1; at <= view.size(); at++) {
            if (random.nextInt(8) == 0) {
                some.add(view.uid(at));
            }
        }
        return some.build();
    }

    private static void same(MailboxView one, MailboxView other) {
        assertThat(one.size()).isEqualTo(other.size());
        assertThat(one.modseq()).isEqualTo(other.modseq());
        assertThat(one.uidNext()).isEqualTo(other.uidNext());
        assertThat(one.keywords()).isEqualTo(other.keywords());
        for (int at = 1; at <= one.size(); at++) {
            assertThat(one.entry(at)).isEqualTo(other.entry(at));
        }
    }
}
