package org.mailroom.mailbox;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.store.MailboxView;

/**
 * The view of one mailbox and whether it still holds. Each commit raises {@code commits}; a view is as good as the number that
 * was read before its query began, because the query's snapshot shows every commit that was counted by then.
 */
final class ViewSlot {
    /** After so long the database is asked anyway: news of other nodes may have been lost. */
    private static final long TRUSTED = Duration.ofSeconds(20).toNanos();

    private final AtomicLong commits = new AtomicLong();
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile @Nullable Known known;

    /** Up to which mod-sequence the view was kept; see {@link ViewSnapshots}. */
    private volatile long saved;

    /** As others than the owner see it: each a set of what he has seen, and the pages of the owner's view. */
    private final ConcurrentMap<AccountId, Other> others = new ConcurrentHashMap<>();

    /** The next UID behind those that a session of this node was told of while it had the mailbox selected. */
    private final AtomicLong told = new AtomicLong();

    private record Known(ViewQuery.Owned owned, long commits, long at) {}

    private record Other(MailboxView owners, MailboxView view) {}

    /**
     * A commit. Its news are taken over where the view holds but for them; the lock is only tried, because one who commits waits
     * for no reader.
     */
    void changed(@Nullable ViewNews news) {
        var now = known;
        if (news != null && now != null && news.follows(now.owned.view()) && refreshing.tryLock()) {
            try {
                if (now == known && commits.compareAndSet(now.commits, now.commits + 1)) {
                    known = new Known(now.owned.with(news.after(now.owned.view())), now.commits + 1, now.at);
                    return;
                }
            } finally {
                refreshing.unlock();
            }
        }
        commits.incrementAndGet();
    }

    /** Whether nobody here was told of all below this UID; only one who asks is the first. */
    boolean firstToTell(long uidNext) {
        return told.getAndAccumulate(uidNext, Math::max) < uidNext;
    }

    /** Messages in the view; 0 before it was read. */
    int size() {
        var now = known;
        return now == null ? 0 : now.owned.view().size();
    }

    /** The view, where much has changed since it was kept; however stale, it was true once. */
    Optional<MailboxView> unsaved(ViewSnapshots.Limits limits) {
        var now = known;
        return now == null ? Optional.empty() : Optional.of(now.owned.view()).filter(view -> limits.due(view, saved));
    }

    void saved(long modseq) {
        saved = modseq;
    }

    /** Null where the mailbox is gone. */
    ViewQuery.@Nullable Owned current(long mailbox, long modseq, ViewQuery query) throws SQLException {
        var now = known;
        if (now != null && holds(now, modseq)) {
            return now.owned;
        }
        refreshing.lock();
        try {
            now = known;
            if (now != null && holds(now, modseq)) {
                return now.owned;
            }
            long counted = commits.get();
            long at = System.nanoTime();
            var fresh = query.refresh(mailbox, now == null ? null : now.owned);
            known = fresh == null ? null : new Known(fresh, counted, at);
            return fresh;
        } finally {
            refreshing.unlock();
        }
    }

    /**
     * The view as another than the owner sees it; the same object as before while neither has changed. Whatever he sees or
     * forgets raises the mod-sequence, so that the owner's view tells when to look again.
     */
    MailboxView seenBy(Access access, MailboxView owners, DataSource database) throws SQLException {
        var now = others.get(access.account());
        if (now != null && now.owners == owners && now.view.rights().equals(access.rights())) {
            return now.view;
        }
        try (var connection = database.getConnection()) {
            var seen = SeenUids.read(connection, access.mailbox(), access.account());
            var fresh = new Other(owners, owners.of(access.rights(), seen));
            // Who comes with an older one reads anew in any case.
            others.values().removeIf(other -> other.owners != owners);
            others.put(access.account(), fresh);
            return fresh.view;
        }
    }

    private boolean holds(Known now, long modseq) {
        return now.commits == commits.get()
                && now.owned.view().modseq() >= modseq
                && System.nanoTime() - now.at < TRUSTED;
    }
}
