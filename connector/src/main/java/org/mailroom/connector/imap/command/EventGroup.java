package org.mailroom.connector.imap.command;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.FetchItem;
import org.mailroom.connector.imap.parse.Unobtainable;

/**
 * Of which events in which mailboxes a client wants to hear (RFC 5465 §5).
 *
 * @param items what it wants to know of each new message in the selected mailbox
 */
record EventGroup(MailboxFilter filter, Set<Event> events, List<FetchItem> items) {
    /** The words of RFC 5465 §8, those that are known here. */
    enum Event {
        MESSAGE_NEW("MessageNew"),
        MESSAGE_EXPUNGE("MessageExpunge"),
        FLAG_CHANGE("FlagChange"),
        MAILBOX_NAME("MailboxName"),
        SUBSCRIPTION_CHANGE("SubscriptionChange"),
        MAILBOX_METADATA_CHANGE("MailboxMetadataChange"),
        SERVER_METADATA_CHANGE("ServerMetadataChange");

        private static final Set<Event> OF_MAILBOXES =
                EnumSet.of(MAILBOX_NAME, SUBSCRIPTION_CHANGE, MAILBOX_METADATA_CHANGE, SERVER_METADATA_CHANGE);

        private final String word;

        Event(String word) {
            this.word = word;
        }

        static Event read(Arguments in) throws BadSyntax {
            var word = in.atom("an event such as MessageNew");
            // RFC 5465 §3.1: one that is not known here is refused with NO, and the others are named.
            return Arrays.stream(values())
                    .filter(e -> e.word.equalsIgnoreCase(word))
                    .findFirst()
                    .orElseThrow(() -> new Unobtainable("[BADEVENT ("
                            + Arrays.stream(values()).map(e -> e.word).collect(Collectors.joining(" "))
                            + ")] That event is not known here"));
        }
    }

    static EventGroup read(Arguments in) throws BadSyntax {
        in.expect('(');
        var filter = MailboxFilter.one(in);
        in.space();
        var events = EnumSet.noneOf(Event.class);
        List<FetchItem> items = List.of();
        if (!in.takeWord("NONE")) {
            in.expect('(');
            do {
                var event = Event.read(in);
                events.add(event);
                if (event == Event.MESSAGE_NEW && filter.isSelected() && in.takeText(" (")) {
                    items = FetchItem.list(in);
                }
            } while (in.take(' '));
            in.expect(')');
        }
        in.expect(')');
        return new EventGroup(filter, events, items).checked();
    }

    private EventGroup checked() throws BadSyntax {
        boolean comes = events.contains(Event.MESSAGE_NEW);
        boolean goes = events.contains(Event.MESSAGE_EXPUNGE);
        if (comes != goes || (events.contains(Event.FLAG_CHANGE) && !comes)) {
            throw new BadSyntax("MessageNew and MessageExpunge come together, and FlagChange only with them");
        }
        if (filter.isSelected() && events.stream().anyMatch(Event.OF_MAILBOXES::contains)) {
            throw new BadSyntax("The selected mailbox has events of messages only");
        }
        return this;
    }

    boolean wants(Event event) {
        return events.contains(event);
    }
}
