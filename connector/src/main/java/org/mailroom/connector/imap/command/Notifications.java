package org.mailroom.connector.imap.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.imap.command.EventGroup.Event;
import org.mailroom.connector.imap.command.StatusItems.Item;
import org.mailroom.connector.imap.fetch.Fetch;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.FetchItem;
import org.mailroom.connector.imap.parse.FetchItem.Simple;
import org.mailroom.connector.imap.parse.Unobtainable;
import org.mailroom.connector.imap.session.Feature;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.connector.imap.session.Wishes;
import org.mailroom.connector.net.ConnectionClosed;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.MailboxInfo;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.MailboxWatcher;
import org.mailroom.contract.store.Right;
import org.mailroom.contract.store.UidSet;

/**
 * What NOTIFY SET asked for. Watches the mailboxes that it names; when one of them changes, what there is to say is said between
 * two commands.
 */
final class Notifications implements Wishes, MailboxWatcher {
    private static final System.Logger LOG = System.getLogger(Notifications.class.getName());

    /** Mailboxes that one session watches. */
    private static final int MOST = 2000;

    private final ImapSession session;
    private final List<EventGroup> others;
    private final @Nullable EventGroup ofSelected;

    private final MetadataNews metadata;
    private final Set<Long> watched = new HashSet<>();
    private MailboxTree known = new MailboxTree(List.of(), Set.of());
    private boolean over;

    // Touched by whoever changes a mailbox.
    private final Set<Long> changed = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean due = new AtomicBoolean();

    Notifications(ImapSession session, List<EventGroup> groups) {
        this.session = session;
        this.others = groups.stream().filter(g -> !g.filter().isSelected()).toList();
        this.metadata = new MetadataNews(session, others);
        this.ofSelected =
                groups.stream().filter(g -> g.filter().isSelected()).findFirst().orElse(null);
    }

    /** @param status whether the client wants to hear how things stand now */
    void begin(boolean status) throws BadSyntax, MailException {
        known = look();
        if (known.mailboxes().stream().filter(this::isWanted).count() > MOST) {
            throw new Unobtainable("[NOTIFICATIONOVERFLOW] At most " + MOST + " mailboxes can be watched");
        }
        if (!others.isEmpty()) {
            session.store().watchNames(session.actor(), this);
        }
        watch();
        metadata.begin();
        // What changed between the look and the watch is news.
        changed(0);
        for (var mailbox : known.mailboxes()) {
            if (!mailbox.rights().has(Right.READ)) {
                tellNoAccess(mailbox);
            } else if (status) {
                tellStatus(mailbox);
            }
        }
    }

    /** RFC 5465 §3.1, §5: every event needs the right to read. */
    private void tellNoAccess(MailboxInfo mailbox) {
        if (others.stream().anyMatch(g -> !g.events().isEmpty() && g.filter().matches(session, mailbox))) {
            session.untagged("LIST (\\NoAccess) \"/\" " + session.quoted(mailbox.name()));
        }
    }

    /** RFC 5465 §3.1. */
    private void tellStatus(MailboxInfo mailbox) throws MailException {
        if (isWanted(mailbox) && !isSelected(mailbox.id())) {
            boolean flags = others.stream()
                    .anyMatch(g -> g.wants(Event.FLAG_CHANGE) && g.filter().matches(session, mailbox));
            var items = flags
                    ? List.of(Item.UIDVALIDITY, Item.UIDNEXT, Item.MESSAGES, Item.HIGHESTMODSEQ)
                    : List.of(Item.UIDVALIDITY, Item.UIDNEXT, Item.MESSAGES);
            new StatusItems(items).tell(session, mailbox);
        }
    }

    private MailboxTree look() {
        var store = session.store();
        return others.isEmpty()
                ? known
                : new MailboxTree(store.mailboxes(session.actor()), store.subscriptions(session.actor()));
    }

    /**
     * Whether the client wants to hear of messages in it while it is not selected; perhaps it may not read them now, but is
     * allowed to later (RFC 5465 §5.9).
     */
    private boolean isWanted(MailboxInfo mailbox) {
        return others.stream()
                .anyMatch(g -> g.wants(Event.MESSAGE_NEW) && g.filter().matches(session, mailbox));
    }

    /** Of annotations of his own mailboxes an account hears as of their names. */
    private boolean hasOthersMetadata(MailboxInfo mailbox) {
        return !mailbox.isOwn()
                && others.stream()
                        .anyMatch(g -> g.wants(Event.MAILBOX_METADATA_CHANGE)
                                && g.filter().matches(session, mailbox));
    }

    private boolean isSelected(long mailbox) {
        return session.state() == ImapSession.State.SELECTED
                && session.selected().mailbox() == mailbox;
    }

    /** Watches what is to be watched now, and nothing else. */
    private void watch() {
        var wanted = new HashSet<Long>();
        known.mailboxes().stream()
                .filter(m -> isWanted(m) || hasOthersMetadata(m))
                .forEach(m -> wanted.add(m.id()));
        if (messages() && session.state() == ImapSession.State.SELECTED) {
            wanted.add(session.selected().mailbox());
        }
        watched.stream()
                .filter(m -> !wanted.contains(m))
                .forEach(m -> session.store().unwatch(m, this));
        wanted.stream()
                .filter(m -> !watched.contains(m))
                .forEach(m -> session.store().watch(m, this));
        watched.clear();
        watched.addAll(wanted);
    }

    // What happens

    /** On the thread of whoever changed the mailbox: it only leaves a note. */
    @Override
    public void changed(long mailbox) {
        changed.add(mailbox);
        if (due.compareAndSet(false, true)) {
            session.connection().run(this::tell);
        }
    }

    private void tell() {
        due.set(false);
        var news = Set.copyOf(changed);
        changed.removeAll(news);
        if (over) {
            return;
        }
        boolean selected = news.stream().anyMatch(this::isSelected);
        if (selected && ofSelected != null) {
            session.tellChanges(!ofSelected.filter().isDelayed());
        }
        boolean onlySelected = selected && news.size() == 1 && !metadata.isWanted();
        if (!others.isEmpty() && session.state() != ImapSession.State.LOGOUT && !onlySelected) {
            tellOthers(MailboxNews::tell);
        }
        session.connection().flush();
        if (session.state() == ImapSession.State.LOGOUT) {
            session.connection().close();
        }
    }

    /** @param telling how much of it the client hears */
    private void tellOthers(Consumer<MailboxNews> telling) {
        try {
            var now = look();
            telling.accept(new MailboxNews(session, others, known, now));
            known = now;
            if (metadata.isWanted()) {
                metadata.tell(now);
            }
            watch();
        } catch (ConnectionClosed gone) {
            throw gone;
        } catch (RuntimeException unavailable) {
            // The next change brings it up again.
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "session={0} status=no-news",
                    session.connection().id());
            return;
        }
        if (watched.size() > MOST + 1) {
            // RFC 5465 §5.8: as after NOTIFY NONE.
            session.untagged("OK [NOTIFICATIONOVERFLOW] There are too many mailboxes to watch by now");
            session.wish(Wishes.NOTHING);
        }
    }

    // What the session asks

    @Override
    public boolean messages() {
        return ofSelected != null && ofSelected.wants(Event.MESSAGE_NEW);
    }

    @Override
    public boolean flags() {
        return ofSelected != null && ofSelected.wants(Event.FLAG_CHANGE);
    }

    @Override
    public void arrived(UidSet uids) {
        if (ofSelected != null && !ofSelected.items().isEmpty()) {
            try {
                new Fetch(session, items(ofSelected.items())).run(uids);
            } catch (MailException gone) {
                // Who came is gone again, and the client will hear of that.
                LOG.log(
                        System.Logger.Level.DEBUG,
                        "session={0} status=no-news",
                        session.connection().id());
            }
        }
    }

    /** RFC 7162 §3.2.4: with UID and mod-sequence for those who keep them, asked or not. */
    private List<FetchItem> items(List<FetchItem> asked) {
        var items = new ArrayList<>(asked);
        if (session.selected().tellsModseq()) {
            if (!items.contains(Simple.MODSEQ)) {
                items.addFirst(Simple.MODSEQ);
            }
            if (!items.contains(Simple.UID) && !session.has(Feature.UIDONLY)) {
                items.addFirst(Simple.UID);
            }
        }
        return items;
    }

    /** What others did before is news still; of what the client does itself it hears nothing (RFC 5465 §5). */
    @Override
    public void renaming() {
        if (!others.isEmpty()) {
            tellOthers(MailboxNews::tell);
        }
    }

    @Override
    public void renamed() {
        if (!others.isEmpty()) {
            tellOthers(MailboxNews::tellMessages);
        }
    }

    /** What it was told or did there is no news afterwards, and what it was not told is (RFC 5465 §5.1). */
    @Override
    public void leaving(MailboxView told) {
        known = known.with(told);
    }

    @Override
    public void selected() {
        watch();
    }

    @Override
    public void end() {
        over = true;
        watched.forEach(m -> session.store().unwatch(m, this));
        watched.clear();
        if (!others.isEmpty()) {
            session.store().unwatchNames(session.actor(), this);
        }
    }
}
