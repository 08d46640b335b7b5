package org.mailroom.mailbox;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.mailroom.contract.store.MailboxWatcher;

/**
 * Hears of changes after their commit, on the thread that commits and before its call returns: makes the view stale, then
 * tells the sessions of this node that watch the mailbox, then other nodes. An EJB, because another kind of bean that is first
 * made in this phase never gets its resources.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MailboxWatchers {
    private static final System.Logger LOG = System.getLogger(MailboxWatchers.class.getName());

    private final ConcurrentMap<Long, Set<MailboxWatcher>> watchers = new ConcurrentHashMap<>();

    @Inject
    private MailboxViews views;

    @Inject
    private OtherNodes others;

    public MailboxWatchers() {}

    MailboxWatchers(MailboxViews views, OtherNodes others) {
        this.views = views;
        this.others = others;
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

    public void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) MailboxChanged change) {
        changed(change.mailbox());
        others.tell(change.mailbox());
    }

    /** A commit of this node or another changed the mailbox. */
    public void changed(long mailbox) {
        views.changed(mailbox);
        for (var watcher : watchers.getOrDefault(mailbox, Set.of())) {
            try {
                watcher.changed(mailbox);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "a watcher of mailbox " + mailbox + " failed", e);
            }
        }
    }
}
