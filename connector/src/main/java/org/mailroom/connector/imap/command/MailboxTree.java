package org.mailroom.connector.imap.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.imap.parse.MailboxName;
import org.mailroom.contract.store.MailboxInfo;

/** All mailboxes of an account, and the levels above them that are none. */
final class MailboxTree {
    private static final Comparator<String> INBOX_FIRST = Comparator.comparing(
                    (String name) -> !name.equals(MailboxName.INBOX))
            .thenComparing(Comparator.naturalOrder());

    private final Map<String, MailboxInfo> mailboxes = new TreeMap<>();
    private final TreeSet<String> names;
    private final TreeSet<String> subscribed;

    MailboxTree(List<MailboxInfo> all, Set<String> subscriptions) {
        all.forEach(m -> mailboxes.put(m.name(), m));
        names = new TreeSet<>(mailboxes.keySet());
        subscribed = new TreeSet<>(subscriptions);
    }

    @Nullable
    MailboxInfo mailbox(String name) {
        return mailboxes.get(name);
    }

    boolean isSubscribed(String name) {
        return subscribed.contains(name);
    }

    boolean hasChildren(String name) {
        return hasBelow(names, name);
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
