package org.mailroom.connector.imap.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.ObjectId;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.Flags;
import org.mailroom.contract.store.MailboxInfo;
import org.mailroom.contract.store.MailboxView;

/** What STATUS asks, and LIST with RETURN (STATUS …) (RFC 9051 §6.3.11, RFC 5819). */
record StatusItems(List<Item> items) {
    enum Item {
        MESSAGES,
        RECENT,
        UIDNEXT,
        UIDVALIDITY,
        UNSEEN,
        DELETED,
        DELETED_STORAGE("DELETED-STORAGE"),
        MAILBOXID,
        SIZE,
        APPENDLIMIT,
        HIGHESTMODSEQ;

        private final String word;

        Item() {
            this.word = name();
        }

        Item(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    static StatusItems read(Arguments in) throws BadSyntax {
        in.expect('(');
        var items = new ArrayList<Item>();
        do {
            items.add(item(in));
        } while (in.take(' '));
        in.expect(')');
        return new StatusItems(List.copyOf(items));
    }

    private static Item item(Arguments in) throws BadSyntax {
        var wrong = in.expected("one of " + List.of(Item.values()));
        var word = in.word("a STATUS item");
        return Arrays.stream(Item.values())
                .filter(i -> i.word.equals(word))
                .findFirst()
                .orElseThrow(() -> wrong);
    }

    private static long deletedOctets(MailboxView view) {
        return view.select(Flags.DELETED, Flags.DELETED).stream()
                .map(uid -> view.entry(view.sequence(uid)).size())
                .sum();
    }

    void tell(ImapSession session, MailboxInfo mailbox) throws MailException {
        var text = new StringBuilder("STATUS ")
                .append(session.quoted(mailbox.name()))
                .append(" (");
        for (var item : items) {
            text.append(item).append(' ').append(value(session, mailbox, item)).append(' ');
        }
        text.setLength(text.length() - 1);
        session.untagged(text.append(')').toString());
    }

    private static Object value(ImapSession session, MailboxInfo mailbox, Item item) throws MailException {
        return switch (item) {
            case MESSAGES -> mailbox.messages();
            case RECENT -> mailbox.recent();
            case UIDNEXT -> mailbox.uidNext();
            case UIDVALIDITY -> mailbox.uidValidity();
            case UNSEEN ->
                mailbox.isOwn()
                        ? mailbox.unseen()
                        : session.store().view(session.actor(), mailbox.id()).count(Flags.SEEN, 0);
            case SIZE -> mailbox.size();
            case HIGHESTMODSEQ -> {
                session.tellModseq();
                yield mailbox.highestModseq();
            }
            case APPENDLIMIT -> session.services().settings().limits().messageSize();
            // RFC 8474 §4.3.
            case MAILBOXID -> "(" + ObjectId.mailbox(mailbox.id()) + ")";
            // RFC 9208 §3.2.2.
            case DELETED_STORAGE -> deletedOctets(session.store().view(session.actor(), mailbox.id()));
            case DELETED -> session.store().view(session.actor(), mailbox.id()).count(Flags.DELETED, Flags.DELETED);
        };
    }
}
