package org.mailroom.connector.imap.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.imap.parse.MailboxName;
import org.mailroom.contract.store.Flags;
import org.mailroom.contract.store.MailboxInfo;
import org.mailroom.contract.store.MailboxView;

/** All mailboxes of an account, and the levels above them that are none. */
final class MailboxTree {
    private static final Comparator<String> INBOX_FIRST = Comparator.comparing(
                    (String name) -> !name.equals(MailboxName.INBOX))
            .thenComparing(name -> name.startsWith("#")) // what is others' comes last
            .thenComparing(Comparator.naturalOrder());

    private final Map<String, MailboxInfo> mailboxes = new TreeMap<>();
    private final Map<Long, MailboxInfo> byId = new HashMap<>();
    private final TreeSet<String> names;
    private final TreeSet<String> subscribed;

    MailboxTree(List<MailboxInfo> all, Set<String> subscriptions) {
        all.forEach(m -> mailboxes.put(m.name(), m));
        all.forEach(m -> byId.put(m.id(), m));
        names = new TreeSet<>(mailboxes.keySet());
        subscribed = new TreeSet<>(subscriptions);
    }

    /** The same, but for one mailbox that is as this view has it. */
    MailboxTree with(MailboxView view) {
        var all = new ArrayList<MailboxInfo>(mailboxes.size());
        mailboxes.values().forEach(m -> all.add(m.id() == view.mailbox() ? as(view, m) : m));
        return new MailboxTree(all, subscribed);
    }

    private static MailboxInfo as(MailboxView view, MailboxInfo mailbox) {
        return new MailboxInfo(
                mailbox.id(),
                mailbox.name(),
                mailbox.specialUse(),
                mailbox.subscribed(),
                view.uidValidity(),
                view.uidNext(),
                view.modseq(),
                view.size(),
                mailbox.isOwn() ? view.count(Flags.SEEN, 0) : mailbox.unseen(),
                mailbox.recent(),
                mailbox.size(),
                mailbox.rights());
    }

    @Nullable
    MailboxInfo mailbox(String name) {
        return mailboxes.get(name);
    }

    /** By its number, which holds over renames. */
    @Nullable
    MailboxInfo mailbox(long id) {
        return byId.get(id);
    }

    Collection<MailboxInfo> mailboxes() {
        return mailboxes.values();
    }

    boolean isSubscribed(String name) {
        return subscribed.contains(name);
    }

    boolean hasChildren(String name) {
        return hasBelow(names, name);
    }

    /** What LIST says of a name, whatever it was asked (RFC 5258 §3). */
    List<String> attributes(String name) {
        var attributes = new ArrayList<String>();
        if (!mailboxes.containsKey(name)) {
            // RFC 5258 §3: \NonExistent implies \Noselect, which older clients know.
            attributes.add("\\NonExistent");
            attributes.add("\\Noselect");
        }
        attributes.add(hasChildren(name) ? "\\HasChildren" : "\\HasNoChildren");
        return attributes;
    }

    boolean hasSubscribedBelow(String name) {
        return hasBelow(subscribed, name);
    }

    private static boolean hasBelow(NavigableSet<String> set, String name) {
        var next = set.higher(name + MailboxName.DELIMITER);
        return next != null && next.startsWith(name + MailboxName.DELIMITER);
    }

    /** Mailboxes and the levels above them. */
    List<String> all() {
        return withLevelsAbove(names);
    }

    List<String> subscribed() {
        return sorted(subscribed);
    }

    /** Subscribed names and the levels above them. */
    List<String> subscribedWithLevelsAbove() {
        return withLevelsAbove(subscribed);
    }

    private static List<String> withLevelsAbove(Set<String> names) {
        var all = new TreeSet<>(names);
        for (var name : names) {
            for (int at = name.indexOf(MailboxName.DELIMITER);
                    at > 0;
                    at = name.indexOf(MailboxName.DELIMITER, at + 1)) {
                all.add(name.substring(0, at));
            }
        }
        return sorted(all);
    }

    private static List<String> sorted(Set<String> names) {
        var list = new ArrayList<>(names);
        list.sort(INBOX_FIRST);
        return list;
    }
}
