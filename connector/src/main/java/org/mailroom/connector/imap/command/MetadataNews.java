package org.mailroom.connector.imap.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mailroom.connector.imap.command.EventGroup.Event;
import org.mailroom.connector.imap.parse.Quoted;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.store.MailStore.Annotated;

/** Which annotations changed, as the difference of two looks at them: their names only (RFC 5465 §5.6, §5.7). */
final class MetadataNews {
    private final ImapSession session;
    private final List<EventGroup> groups;
    private Map<Place, String> known = Map.of();

    private record Place(long mailbox, String entry) {}

    MetadataNews(ImapSession session, List<EventGroup> groups) {
        this.session = session;
        this.groups = groups.stream()
                .filter(g -> g.wants(Event.MAILBOX_METADATA_CHANGE) || g.wants(Event.SERVER_METADATA_CHANGE))
                .toList();
    }

    boolean isWanted() {
        return !groups.isEmpty();
    }

    void begin() {
        known = look();
    }

    private Map<Place, String> look() {
        var found = new HashMap<Place, String>();
        if (isWanted()) {
            for (var one : session.store().annotated(session.actor())) {
                found.put(new Place(one.mailbox(), one.entry()), one.digest());
            }
        }
        return found;
    }

    /** @param mailboxes as they are now */
    void tell(MailboxTree mailboxes) {
        var now = look();
        var changed = new TreeMap<Long, TreeSet<String>>();
        now.forEach((place, digest) -> {
            if (!digest.equals(known.get(place))) {
                add(changed, place);
            }
        });
        // RFC 5465 §5.6: what was removed is always told.
        known.keySet().stream().filter(place -> !now.containsKey(place)).forEach(place -> add(changed, place));
        known = now;
        changed.forEach((mailbox, entries) -> tell(mailboxes, mailbox, String.join(" ", entries)));
    }

    private static void add(Map<Long, TreeSet<String>> changed, Place place) {
        changed.computeIfAbsent(place.mailbox, id -> new TreeSet<>()).add(Quoted.astring(place.entry));
    }

    private void tell(MailboxTree mailboxes, long id, String entries) {
        if (id == Annotated.OF_SERVER) {
            if (groups.stream().anyMatch(g -> g.wants(Event.SERVER_METADATA_CHANGE))) {
                session.untagged("METADATA \"\" " + entries);
            }
            return;
        }
        var mailbox = mailboxes.mailbox(id);
        if (mailbox != null
                && groups.stream()
                        .anyMatch(g -> g.wants(Event.MAILBOX_METADATA_CHANGE)
                                && g.filter().matches(session, mailbox))) {
            session.untagged("METADATA " + session.quoted(mailbox.name()) + " " + entries);
        }
    }
}
