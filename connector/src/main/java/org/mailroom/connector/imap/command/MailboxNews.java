package org.mailroom.connector.imap.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mailroom.connector.imap.command.EventGroup.Event;
import org.mailroom.connector.imap.command.StatusItems.Item;
import org.mailroom.connector.imap.parse.MailboxName;
import org.mailroom.connector.imap.session.Feature;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.MailboxInfo;
import org.mailroom.contract.store.Right;

/** What happened to the mailboxes that are not selected, as the difference of two looks at them (RFC 5465 §5). */
final class MailboxNews {
    private static final System.Logger LOG = System.getLogger(MailboxNews.class.getName());

    private final ImapSession session;
    private final List<EventGroup> groups;
    private final MailboxTree before;
    private final MailboxTree now;

    MailboxNews(ImapSession session, List<EventGroup> groups, MailboxTree before, MailboxTree now) {
        this.session = session;
        this.groups = groups;
        this.before = before;
        this.now = now;
    }

    void tell() {
        tellNames();
        tellSubscriptions();
        tellMessages();
    }

    private void tellSubscriptions() {
        for (var mailbox : now.mailboxes()) {
            var then = before.mailbox(mailbox.id());
            if (then != null && now.isSubscribed(mailbox.name()) != before.isSubscribed(then.name())) {
                list(mailbox, mailbox.name(), Event.SUBSCRIPTION_CHANGE, "");
            }
        }
    }

    /** Without names and subscriptions: those the client changed itself. */
    void tellMessages() {
        for (var mailbox : now.mailboxes()) {
            var then = before.mailbox(mailbox.id());
            if (then != null && !isSelected(mailbox)) {
                tellStatus(then, mailbox);
            }
        }
    }

    private boolean isSelected(MailboxInfo mailbox) {
        return session.state() == ImapSession.State.SELECTED
                && session.selected().mailbox() == mailbox.id();
    }

    /** RFC 5465 §5.4: names that came, went or changed, and the names right above those that came or went. */
    private void tellNames() {
        var affected = new LinkedHashMap<String, MailboxInfo>();
        for (var mailbox : before.mailboxes()) {
            if (now.mailbox(mailbox.id()) == null) {
                affect(affected, mailbox);
            }
        }
        var renamed = new TreeMap<String, MailboxInfo>();
        for (var mailbox : now.mailboxes()) {
            var then = before.mailbox(mailbox.id());
            if (then == null) {
                affect(affected, mailbox);
            } else if (!then.name().equals(mailbox.name())) {
                renamed.put(then.name(), mailbox);
            }
        }
        affected.forEach((name, mailbox) -> list(mailbox, name, Event.MAILBOX_NAME, ""));
        renamed.forEach((old, mailbox) -> {
            if (!movedWithParent(renamed, old)) {
                list(mailbox, mailbox.name(), Event.MAILBOX_NAME, " (\"OLDNAME\" (" + session.quoted(old) + "))");
            }
        });
    }

    private void affect(Map<String, MailboxInfo> affected, MailboxInfo mailbox) {
        affected.put(mailbox.name(), mailbox);
        int level = mailbox.name().lastIndexOf(MailboxName.DELIMITER);
        if (level >= 0) {
            var name = mailbox.name().substring(0, level);
            var parent = now.mailbox(name);
            affected.putIfAbsent(name, parent != null ? parent : level(mailbox, name));
        }
    }

    /** What is no mailbox, as filters see it: of the same owner as what lies below. */
    private MailboxInfo level(MailboxInfo below, String name) {
        long unseen = below.isOwn() ? 0 : -1;
        return new MailboxInfo(0, name, null, now.isSubscribed(name), 0, 0, 0, 0, unseen, 0, 0, below.rights());
    }

    private static boolean movedWithParent(Map<String, MailboxInfo> renamed, String old) {
        int level = old.lastIndexOf(MailboxName.DELIMITER);
        var parent = level < 0 ? null : renamed.get(old.substring(0, level));
        var child = renamed.get(old);
        return parent != null && child != null && child.name().equals(parent.name() + old.substring(level));
    }

    private void list(MailboxInfo mailbox, String name, Event event, String more) {
        if (groups.stream().noneMatch(g -> g.wants(event) && g.filter().matches(session, mailbox))) {
            return;
        }
        var attributes = now.attributes(name);
        if (now.isSubscribed(name)) {
            attributes.add("\\Subscribed");
        }
        var use = mailbox.specialUse();
        if (use != null && now.mailbox(name) != null) {
            attributes.add(use);
        }
        session.untagged("LIST (" + String.join(" ", attributes) + ") \"/\" " + session.quoted(name) + more);
    }

    private void tellStatus(MailboxInfo then, MailboxInfo mailbox) {
        boolean messages = then.messages() != mailbox.messages() || then.uidNext() != mailbox.uidNext();
        boolean changed = then.highestModseq() != mailbox.highestModseq();
        boolean flags = changed && !messages;
        if (!changed || !wants(mailbox, flags ? Event.FLAG_CHANGE : Event.MESSAGE_NEW)) {
            return;
        }
        boolean modseq = session.has(Feature.CONDSTORE);
        if (flags && !modseq && then.unseen() == mailbox.unseen()) {
            return; // RFC 5465 §5.1: nothing in a STATUS would show it
        }
        var items = new ArrayList<Item>(
                flags ? List.of(Item.UIDVALIDITY, Item.UNSEEN) : List.of(Item.UIDNEXT, Item.MESSAGES));
        if (modseq) {
            items.add(Item.HIGHESTMODSEQ);
        }
        try {
            new StatusItems(items).tell(session, mailbox);
        } catch (MailException closed) {
            // Gone meanwhile, or no longer to be read; of the others there is news all the same.
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "session={0} mailbox={1} status=no-news",
                    session.connection().id(),
                    mailbox.id());
        }
    }

    /** RFC 4314 §4: how many messages there are is for those who may read them. */
    private boolean wants(MailboxInfo mailbox, Event event) {
        return mailbox.rights().has(Right.READ)
                && groups.stream().anyMatch(g -> g.wants(event) && g.filter().matches(session, mailbox));
    }
}
