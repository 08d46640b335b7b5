package org.mailroom.access;

import jakarta.annotation.Resource;
import jakarta.ejb.EJBException;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InvocationContext;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.Actor;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.FlagChange;
import org.mailroom.contract.store.MailStore;
import org.mailroom.contract.store.MailboxInfo;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.MailboxWatcher;
import org.mailroom.contract.store.MessageColumn;
import org.mailroom.contract.store.MessageRow;
import org.mailroom.contract.store.SearchKey;
import org.mailroom.contract.store.SortKey;
import org.mailroom.contract.store.ThreadRow;
import org.mailroom.contract.store.UidSet;
import org.mailroom.mailbox.Appends;
import org.mailroom.mailbox.Copies;
import org.mailroom.mailbox.Expunges;
import org.mailroom.mailbox.FlagChanges;
import org.mailroom.mailbox.MailboxChanged;
import org.mailroom.mailbox.MailboxViews;
import org.mailroom.mailbox.MailboxWatchers;
import org.mailroom.mailbox.Mailboxes;
import org.mailroom.mailbox.Quotas;
import org.mailroom.message.MessageParser;
import org.mailroom.message.StoredOctets;

/**
 * Where IMAP and POP3 enter the house. It has no transaction of its own: each change is one call of a bean that commits before
 * it returns, and only then the view is taken, so a view never shows what might still be rolled back. Reads of the view touch
 * no database.
 */
@MessageDriven
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MailStoreEndpoint implements MailStore {
    private static final System.Logger LOG = System.getLogger(MailStoreEndpoint.class.getName());

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Mailboxes mailboxes;

    @Inject
    private MailboxViews views;

    @Inject
    private MailboxWatchers watchers;

    @Inject
    private FlagChanges flags;

    @Inject
    private Copies copies;

    @Inject
    private Expunges expunges;

    @Inject
    private Appends appends;

    @Inject
    private Quotas quotas;

    public MailStoreEndpoint() {}

    MailStoreEndpoint(
            DataSource database,
            Mailboxes mailboxes,
            MailboxViews views,
            MailboxWatchers watchers,
            FlagChanges flags,
            Copies copies,
            Expunges expunges,
            Appends appends,
            Quotas quotas) {
        this.database = database;
        this.mailboxes = mailboxes;
        this.views = views;
        this.watchers = watchers;
        this.flags = flags;
        this.copies = copies;
        this.expunges = expunges;
        this.appends = appends;
        this.quotas = quotas;
    }

    /** A fault is logged here, once; the wire answers that it cannot now. */
    @AroundInvoke
    @Nullable
    Object watched(InvocationContext call) throws Exception {
        try {
            return call.proceed();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "store " + call.getMethod().getName() + " failed", e);
            throw e;
        }
    }

    @Override
    public List<MailboxInfo> mailboxes(Actor actor) {
        return unrefused(() -> mailboxes.all(actor.account()));
    }

    @Override
    public MailboxInfo mailbox(Actor actor, String name) throws MailException {
        return mailboxes.find(actor.account(), name);
    }

    @Override
    public MailboxInfo create(Actor actor, String name, @Nullable String specialUse) throws MailException {
        return mailboxes.create(actor.account(), name, specialUse);
    }

    @Override
    public void delete(Actor actor, String name) throws MailException {
        mailboxes.delete(actor.account(), name);
    }

    @Override
    public void rename(Actor actor, String from, String to) throws MailException {
        mailboxes.rename(actor.account(), from, to);
    }

    @Override
    public Set<String> subscriptions(Actor actor) {
        return unrefused(() -> mailboxes.subscriptions(actor.account()));
    }

    @Override
    public void subscribe(Actor actor, String name, boolean subscribed) throws MailException {
        mailboxes.subscribe(actor.account(), name, subscribed);
    }

    @Override
    public Opened open(Actor actor, String name, boolean claimRecent) throws MailException {
        var opening = mailboxes.opening(actor.account(), name);
        boolean claim = claimRecent && opening.firstRecent() < opening.uidNext();
        long firstRecent = claim ? mailboxes.claimRecent(opening.id()) : opening.firstRecent();
        return new Opened(views.view(opening.id(), opening.modseq()), opening.specialUse(), firstRecent);
    }

    @Override
    public MailboxView view(long mailbox) throws MailException {
        return views.view(mailbox);
    }

    @Override
    public List<MessageRow> rows(long mailbox, UidSet uids, Set<MessageColumn> columns, int budget)
            throws MailException {
        var view = views.view(mailbox);
        try {
            return new MailboxReader(database).rows(view, uids, columns, budget);
        } catch (SQLException e) {
            throw new IllegalStateException("messages of mailbox " + mailbox + " could not be read", e);
        }
    }

    @Override
    public byte[] octets(long message, long offset, int length) throws MailException {
        try {
            return new StoredOctets(database).read(message, offset, length);
        } catch (SQLException e) {
            throw new IllegalStateException("message " + message + " could not be read", e);
        }
    }

    @Override
    public UidSet search(Actor actor, long mailbox, SearchKey key) throws MailException {
        views.owned(mailbox, actor.account());
        try {
            return new MessageSearch(database, views.view(mailbox)).search(key);
        } catch (SQLException e) {
            throw new IllegalStateException("mailbox " + mailbox + " could not be searched", e);
        }
    }

    @Override
    public long[] sort(Actor actor, long mailbox, UidSet uids, List<SortKey> order) throws MailException {
        views.owned(mailbox, actor.account());
        try {
            return new MessageOrder(database, mailbox).sort(uids, order);
        } catch (SQLException e) {
            throw new IllegalStateException("mailbox " + mailbox + " could not be sorted", e);
        }
    }

    @Override
    public List<ThreadRow> threadRows(Actor actor, long mailbox, UidSet uids) throws MailException {
        views.owned(mailbox, actor.account());
        try {
            return new MessageOrder(database, mailbox).threadRows(uids);
        } catch (SQLException e) {
            throw new IllegalStateException("mailbox " + mailbox + " could not be threaded", e);
        }
    }

    @Override
    public UidSet expungedSince(Actor actor, long mailbox, long modseq) throws MailException {
        views.owned(mailbox, actor.account());
        return expunges.since(views.view(mailbox), modseq);
    }

    @Override
    public Stored store(Actor actor, long mailbox, UidSet uids, FlagChange change, long unchangedSince)
            throws MailException {
        var changed = flags.change(actor.account(), mailbox, uids, change, unchangedSince);
        return new Stored(views.view(mailbox), changed.changed(), changed.modified());
    }

    @Override
    public Copied copy(Actor actor, long mailbox, UidSet uids, String target, boolean move) throws MailException {
        return copies.copy(actor.account(), mailbox, uids, target, move);
    }

    @Override
    public UidSet expunge(Actor actor, long mailbox, UidSet uids, boolean onlyDeleted) throws MailException {
        return expunges.expunge(actor.account(), mailbox, uids, onlyDeleted);
    }

    @Override
    public Appended append(Actor actor, String name, List<NewMessage> messages) throws MailException {
        return appends.append(actor.account(), name, fresh(actor, name, messages));
    }

    @Override
    public Appended replace(Actor actor, long mailbox, long uid, String name, NewMessage message) throws MailException {
        var fresh = fresh(actor, name, List.of(message)).getFirst();
        return appends.replace(actor.account(), mailbox, uid, name, fresh);
    }

    private List<Appends.Fresh> fresh(Actor actor, String name, List<NewMessage> messages) throws MailException {
        if (messages.stream().anyMatch(message -> message.content().size() > CHUNK)) {
            mailboxes.opening(actor.account(), name); // for a name that is none, no large message is parsed
        }
        var fresh = new ArrayList<Appends.Fresh>(messages.size());
        for (var message : messages) {
            var date = message.internalDate();
            fresh.add(new Appends.Fresh(
                    MessageParser.parse(message.content()),
                    message.content(),
                    message.flags(),
                    date == null ? Instant.now() : date));
        }
        return fresh;
    }

    @Override
    public Quota quota(Actor actor) {
        return unrefused(() -> quotas.quota(actor.account()));
    }

    @Override
    public void watch(long mailbox, MailboxWatcher watcher) {
        watchers.watch(mailbox, watcher);
    }

    @Override
    public void unwatch(long mailbox, MailboxWatcher watcher) {
        watchers.unwatch(mailbox, watcher);
    }

    @Override
    public void watchNames(Actor actor, MailboxWatcher watcher) {
        watchers.watch(MailboxChanged.names(actor.account()).mailbox(), watcher);
    }

    @Override
    public void unwatchNames(Actor actor, MailboxWatcher watcher) {
        watchers.unwatch(MailboxChanged.names(actor.account()).mailbox(), watcher);
    }

    private interface Read<T> {
        T get() throws MailException;
    }

    /** For reads that nothing refuses but the loss of the account itself. */
    private static <T> T unrefused(Read<T> read) {
        try {
            return read.get();
        } catch (MailException e) {
            throw new EJBException(e.text(), e);
        }
    }
}
