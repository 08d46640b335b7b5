package org.mailroom.mailbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongConsumer;
import org.mailroom.contract.store.MailboxWatcher;

/**
 * Hears of changes after their commit, on the thread that commits and before its call returns: makes the view stale, then
 * tells the sessions of this node that watch the mailbox, then other nodes. {@link OtherNodes} makes it when the application
 * starts: a bean that is first made in this phase never gets its resources.
 */
@ApplicationScoped
public class MailboxWatchers {
    private static final System.Logger LOG = System.getLogger(MailboxWatchers.class.getName());

    private final ConcurrentMap<Long, Set<MailboxWatcher>> watchers = new ConcurrentHashMap<>();

    @Inject
    private MailboxViews views;

    private volatile LongConsumer others = mailbox -> {};

    public MailboxWatchers() {}

    MailboxWatchers(MailboxViews views) {
        this.views = views;
    }

    public void watch(long mailbox, MailboxWatcher watcher) {
        watchers.compute(mailbox, (id, known) -> {
            var set = known == null ? ConcurrentHashMap.<MailboxWatcher>newKeySet() : known;
            set.add(watcher);
            return set;
        });
    }

    public void unwatch(long mailbox, MailboxWatcher watcher) {
        watchers.computeIfPresent(mailbox, (id, known) -> {
            known.remove(watcher);
            return known.isEmpty() ? null : known;
        });
    }

    public void committed(
            @Observes(during = TransactionPhase.AFTER_SUCCESS, notifyObserver = Reception.IF_EXISTS)
                    MailboxChanged change) {
        views.changed(change);
        tell(change.mailbox());
        others.accept(change.mailbox());
    }

    /** @param tell takes the number of a mailbox that a commit of this node changed, and keeps nobody waiting */
    public void tellOthers(LongConsumer tell) {
        others = tell;
        // No mailbox; but the views, too, must be made before the first commit calls them.
        views.changed(0);
    }

    /** A commit of this node or another changed the mailbox. */
    public void changed(long mailbox) {
        views.changed(mailbox);
        tell(mailbox);
    }

    private void tell(long mailbox) {
        for (var watcher : watchers.getOrDefault(mailbox, Set.of())) {
            try {
                watcher.changed(mailbox);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "a watcher of mailbox " + mailbox + " failed", e);
            }
        }
    }
}
