package org.mailroom.connector.imap.command;

import java.util.ArrayList;
import java.util.List;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.MailboxName;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.store.MailboxInfo;

/**
 * Which mailboxes a command means (RFC 5465 §6).
 *
 * @param names those that a kind of filter lists
 */
record MailboxFilter(Kind kind, List<String> names) {
    static final MailboxFilter SELECTED = new MailboxFilter(Kind.SELECTED, List.of());
    private static final int MOST = 1000;

    MailboxFilter {
        names = List.copyOf(names);
    }

    /** The words of RFC 5465 §6. */
    enum Kind {
        SELECTED("SELECTED", false),
        SELECTED_DELAYED("SELECTED-DELAYED", false),
        INBOXES("INBOXES", false),
        PERSONAL("PERSONAL", false),
        SUBSCRIBED("SUBSCRIBED", false),
        SUBTREE("SUBTREE", true),
        SUBTREE_ONE("SUBTREE-ONE", true),
        MAILBOXES("MAILBOXES", true);

        private final String word;
        private final boolean named;

        Kind(String word, boolean named) {
            this.word = word;
            this.named = named;
        }
    }

    /** Several in parentheses; of those without SELECTED-DELAYED (RFC 7377 §2.2). */
    static List<MailboxFilter> read(Arguments in) throws BadSyntax {
        in.expect('(');
        var filters = new ArrayList<MailboxFilter>();
        do {
            var wrong = in.expected("a mailbox filter such as SELECTED or SUBTREE");
            var filter = one(in);
            if (filter.isDelayed()) {
                throw wrong;
            }
            filters.add(filter);
        } while (in.take(' ') && filters.size() < MOST);
        in.expect(')');
        return filters;
    }

    static MailboxFilter one(Arguments in) throws BadSyntax {
        var wrong = in.expected("a mailbox filter such as SELECTED or SUBTREE");
        var word = in.word("a mailbox filter");
        for (var kind : Kind.values()) {
            if (kind.word.equals(word)) {
                return new MailboxFilter(kind, kind.named ? names(in) : List.of());
            }
        }
        throw wrong;
    }

    private static List<String> names(Arguments in) throws BadSyntax {
        in.space();
        var names = new ArrayList<String>();
        if (!in.take('(')) {
            return List.of(in.mailbox());
        }
        do {
            names.add(in.mailbox());
        } while (in.take(' ') && names.size() < MOST);
        in.expect(')');
        return names;
    }

    boolean isDelayed() {
        return kind == Kind.SELECTED_DELAYED;
    }

    boolean isSelected() {
        return kind == Kind.SELECTED || kind == Kind.SELECTED_DELAYED;
    }

    boolean matches(ImapSession session, MailboxInfo mailbox) {
        var name = mailbox.name();
        return switch (kind) {
            case SELECTED, SELECTED_DELAYED ->
                session.state() == ImapSession.State.SELECTED
                        && session.selected().mailbox() == mailbox.id();
            case INBOXES -> name.equals(MailboxName.INBOX);
            case PERSONAL -> mailbox.isOwn();
            case SUBSCRIBED -> mailbox.subscribed();
            case MAILBOXES -> names.contains(name);
            case SUBTREE -> names.stream().anyMatch(n -> name.equals(n) || name.startsWith(n + MailboxName.DELIMITER));
            case SUBTREE_ONE -> names.stream().anyMatch(n -> name.equals(n) || isChild(n, name));
        };
    }

    private static boolean isChild(String parent, String name) {
        return name.startsWith(parent + MailboxName.DELIMITER)
                && name.indexOf(MailboxName.DELIMITER, parent.length() + 1) < 0;
    }
}
