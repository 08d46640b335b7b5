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
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.Actor;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.store.Annotation;
import org.mailroom.contract.store.FlagChange;
import org.mailroom.contract.store.MailStore;
import org.mailroom.contract.store.MailboxInfo;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.MailboxWatcher;
import org.mailroom.contract.store.MessageColumn;
import org.mailroom.contract.store.MessageRow;
import org.mailroom.contract.store.Right;
import org.mailroom.contract.store.Rights;
import org.mailroom.contract.store.RightsChange;
import org.mailroom.contract.store.SearchKey;
import org.mailroom.contract.store.SortKey;
import org.mailroom.contract.store.ThreadRow;
import org.mailroom.contract.store.UidSet;
import org.mailroom.mailbox.Access;
import org.mailroom.mailbox.Acls;
import org.mailroom.mailbox.Annotations;
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

    /** Where so many messages were put, somebody will look soon. */
    private static final int MANY = 1000;

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

    @Inject
    private Acls acls;

    @Inject
    private Sharing sharing;

    @Inject
    private Annotations annotations;

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
            Quotas quotas,
            Acls acls,
            Sharing sharing,
            Annotations annotations) {
        this.database = database;
        this.mailboxes = mailboxes;
        this.views = views;
        this.watchers = watchers;
        this.flags = flags;
        this.copies = copies;
        this.expunges = expunges;
        this.appends = appends;
        this.quotas = quotas;
        this.acls = acls;
        this.sharing = sharing;
        this.annotations = annotations;
    }

    /** A fault is logged here, once; the wire answers that it cannot now. */
    @AroundInvoke
    @Nullable
    Object watched(InvocationContext call) throws Exception {
        try {
            return call.proceed();
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "store " + call.getMethod().getName() + Actor.sessionIn(call.getParameters()) + " failed",
                    e);
            throw e;
        }
    }

    @Override
    public List<MailboxInfo> mailboxes(Actor actor) {
        return unrefused(() -> {
            var own = mailboxes.all(actor.account());
            var others = sharing.ofOthers(actor);
            return others.isEmpty()
                    ? own
                    : Stream.concat(own.stream(), others.stream()).toList();
        });
    }

    @Override
    public MailboxInfo mailbox(Actor actor, String name) throws MailException {
        var place = sharing.place(actor, name);
        var info = mailboxes.find(place.owner(), place.name());
        if (place.own()) {
            return info;
        }
        var access = Sharing.known(sharing.access(actor, info.id()));
        boolean subscribed = mailboxes.subscriptions(actor.account()).contains(name);
        return info.seenBy(access.rights(), name, subscribed);
    }

    @Override
    public MailboxInfo create(Actor actor, String name, @Nullable String specialUse) throws MailException {
        var place = sharing.place(actor, name);
        var above = sharing.above(actor, place);
        above.require(Right.CREATE);
        var made = mailboxes.create(place.owner(), place.name(), specialUse, !place.own());
        return place.own() ? made : made.seenBy(above, name, false);
    }

    @Override
    public void delete(Actor actor, String name) throws MailException {
        var place = sharing.place(actor, name);
        if (!place.own()) {
            sharing.access(actor, name).rights().require(Right.DELETE);
        }
        mailboxes.delete(actor, place.owner(), place.name());
    }

    @Override
    public void rename(Actor actor, String from, String to) throws MailException {
        var old = sharing.place(actor, from);
        var fresh = sharing.place(actor, to);
        if (!old.owner().equals(fresh.owner())) {
            throw new MailException(Reason.BAD_NAME, "A mailbox stays with its owner; copy the messages instead");
        }
        if (!old.own()) {
            sharing.access(actor, from).rights().require(Right.DELETE);
            sharing.above(actor, fresh).require(Right.CREATE);
            if (old.name().equals("INBOX")) {
                throw new MailException(Reason.BAD_NAME, "Only its owner renames an INBOX");
            }
        }
        mailboxes.rename(actor, old.owner(), old.name(), fresh.name());
    }

    @Override
    public List<AclEntry> acl(Actor actor, String name) throws MailException {
        var access = sharing.access(actor, name);
        access.rights().require(Right.ADMINISTER);
        return sharing.entries(access.mailbox());
    }

    @Override
    public void changeRights(Actor actor, String name, String identifier, RightsChange change) throws MailException {
        var access = sharing.access(actor, name);
        access.rights().require(Right.ADMINISTER);
        var who = sharing.identifier(identifier);
        acls.change(access, who.grantee(), who.negative(), change);
    }

    @Override
    public Rights certainRights(Actor actor, String name, String identifier) throws MailException {
        var access = sharing.access(actor, name);
        access.rights().require(Right.ADMINISTER);
        return access.owner().equals(sharing.identifier(identifier).grantee().account()) ? Rights.ALL : Rights.NONE;
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
    public List<Annotation> annotations(Actor actor, String name, List<String> entries) throws MailException {
        if (name.isEmpty()) {
            var own = annotations.read(actor.account(), null, actor.account(), entries);
            var server = sharing.ofServer().stream()
                    .filter(one -> entries.stream().anyMatch(entry -> isAtOrBelow(one.entry(), entry)));
            return Stream.concat(own.stream().filter(one -> !one.isShared()), server)
                    .toList();
        }
        var access = annotated(actor, name);
        return annotations.read(actor.account(), access.mailbox(), access.owner(), entries);
    }

    private static boolean isAtOrBelow(String entry, String name) {
        return entry.equals(name) || entry.startsWith(name + "/");
    }

    @Override
    public List<Annotated> annotated(Actor actor) {
        return unrefused(() -> {
            var readable = sharing.ofOthers(actor).stream()
                    .filter(mailbox -> tellsAnnotations(mailbox.rights()))
                    .map(MailboxInfo::id)
                    .toList();
            return annotations.digests(actor.account(), readable);
        });
    }

    @Override
    public void annotate(Actor actor, String name, List<Annotation> changes) throws MailException {
        boolean shared = changes.stream().anyMatch(Annotation::isShared);
        if (name.isEmpty()) {
            if (shared) {
                throw new MailException(Reason.NOT_PERMITTED, "What is shared by all users, they cannot change");
            }
            annotations.write(actor.account(), null, actor.account(), changes);
            return;
        }
        var access = annotated(actor, name);
        if (shared) {
            access.rights().require(Right.WRITE);
        }
        annotations.write(actor.account(), access.mailbox(), access.owner(), changes);
    }

    /** RFC 5464 §3.3. */
    private Access annotated(Actor actor, String name) throws MailException {
        var access = sharing.access(actor, name);
        access.rights().require(Right.LOOKUP);
        if (!tellsAnnotations(access.rights())) {
            throw new MailException(
                    Reason.NOT_PERMITTED, "The mailbox is another's, and no more than its name is shown");
        }
        return access;
    }

    private static boolean tellsAnnotations(Rights rights) {
        return rights.hasAny(Right.READ, Right.SEEN, Right.WRITE, Right.INSERT, Right.POST);
    }

    @Override
    public Opened open(Actor actor, String name, boolean claimRecent) throws MailException {
        var place = sharing.place(actor, name);
        var opening = mailboxes.opening(place.owner(), place.name());
        var access = place.own() ? Access.own(opening.id(), actor) : sharing.access(actor, opening.id());
        access.rights().require(Right.READ);
        var view = views.view(access, opening.modseq());
        boolean claim = claimRecent && opening.firstRecent() < view.uidNext();
        long firstRecent = claim ? mailboxes.claimRecent(opening.id(), view.uidNext()) : opening.firstRecent();
        return new Opened(view, opening.specialUse(), firstRecent);
    }

    @Override
    public long claimRecent(Actor actor, long mailbox, long uidNext) throws MailException {
        sharing.access(actor, mailbox).rights().require(Right.READ);
        return views.firstToTell(mailbox, uidNext) ? mailboxes.claimRecent(mailbox, uidNext) : uidNext;
    }

    @Override
    public MailboxView view(Actor actor, long mailbox) throws MailException {
        var access = sharing.access(actor, mailbox);
        access.rights().require(Right.READ);
        return views.view(access);
    }

    @Override
    public List<MessageRow> rows(Actor actor, long mailbox, UidSet uids, Set<MessageColumn> columns, int budget)
            throws MailException {
        var view = view(actor, mailbox);
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
        var view = view(actor, mailbox);
        try {
            return new MessageSearch(database, view).search(key);
        } catch (SQLException e) {
            throw new IllegalStateException("mailbox " + mailbox + " could not be searched", e);
        }
    }

    @Override
    public long[] sort(Actor actor, long mailbox, UidSet uids, List<SortKey> order) throws MailException {
        sharing.access(actor, mailbox).rights().require(Right.READ);
        try {
            return new MessageOrder(database, mailbox).sort(uids, order);
        } catch (SQLException e) {
            throw new IllegalStateException("mailbox " + mailbox + " could not be sorted", e);
        }
    }

    @Override
    public List<ThreadRow> threadRows(Actor actor, long mailbox, UidSet uids) throws MailException {
        sharing.access(actor, mailbox).rights().require(Right.READ);
        try {
            return new MessageOrder(database, mailbox).threadRows(uids);
        } catch (SQLException e) {
            throw new IllegalStateException("mailbox " + mailbox + " could not be threaded", e);
        }
    }

    @Override
    public UidSet expungedSince(Actor actor, long mailbox, long modseq) throws MailException {
        return expunges.since(view(actor, mailbox), modseq);
    }

    @Override
    public Stored store(Actor actor, long mailbox, UidSet uids, FlagChange change, long unchangedSince)
            throws MailException {
        var access = sharing.access(actor, mailbox);
        access.rights().require(Right.READ);
        var changed = flags.change(access, uids, change, unchangedSince);
        return new Stored(views.view(access), changed.changed(), changed.modified());
    }

    @Override
    public Copied copy(Actor actor, long mailbox, UidSet uids, String target, boolean move, long least)
            throws MailException {
        var to = sharing.access(actor, target);
        var copied = copies.copy(sharing.access(actor, mailbox), uids, to, move, least);
        if (copied.to().size() >= MANY) {
            views.readAhead(to.mailbox());
        }
        return copied;
    }

    @Override
    public UidSet expunge(Actor actor, long mailbox, UidSet uids, boolean onlyDeleted) throws MailException {
        return expunges.expunge(sharing.access(actor, mailbox), uids, onlyDeleted);
    }

    @Override
    public Appended append(Actor actor, String name, List<NewMessage> messages) throws MailException {
        var access = sharing.access(actor, name);
        access.rights().require(Right.INSERT); // before anything is parsed
        return appends.append(access, fresh(messages));
    }

    @Override
    public Appended replace(Actor actor, long mailbox, long uid, String name, NewMessage message) throws MailException {
        var source = sharing.access(actor, mailbox);
        var target = sharing.access(actor, name);
        target.rights().require(Right.INSERT);
        return appends.replace(source, uid, target, fresh(List.of(message)).getFirst());
    }

    private static List<Appends.Fresh> fresh(List<NewMessage> messages) {
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
    public Quota quota(Actor actor, String name) throws MailException {
        var access = sharing.access(actor, name);
        // RFC 9208 §6: it tells how much there is to read.
        access.rights().require(Right.READ);
        return quotas.quota(access.owner());
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
