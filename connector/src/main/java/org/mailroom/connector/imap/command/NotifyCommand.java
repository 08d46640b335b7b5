package org.mailroom.connector.imap.command;

import java.util.ArrayList;
import java.util.List;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.connector.imap.session.Wishes;
import org.mailroom.contract.MailException;

/** NOTIFY (RFC 5465): from now on the client hears of these events at any time, and of no others. */
public final class NotifyCommand implements Command {
    private static final int MOST = 100;

    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        in.space();
        if (in.takeWord("NONE")) {
            in.end();
            session.wish(Wishes.NOTHING);
            return Reply.ok("NOTIFY completed");
        }
        if (!in.takeWord("SET")) {
            throw in.expected("SET or NONE");
        }
        in.space();
        boolean status = in.takeWord("STATUS");
        if (status) {
            in.space();
        }
        var notifications = new Notifications(session, groups(in));
        in.end();
        // RFC 5465 §3.1: what happened before is told, whatever is wanted from now on.
        session.tellAllChanges(true);
        session.wish(notifications);
        boolean begun = false;
        try {
            notifications.begin(status);
            begun = true;
        } finally {
            if (!begun) {
                session.wish(Wishes.EVERYTHING);
            }
        }
        return Reply.ok("NOTIFY completed");
    }

    private static List<EventGroup> groups(Arguments in) throws BadSyntax {
        var groups = new ArrayList<EventGroup>();
        do {
            groups.add(EventGroup.read(in));
        } while (in.take(' ') && groups.size() < MOST);
        if (groups.stream().filter(g -> g.filter().isSelected()).count() > 1) {
            throw new BadSyntax("SELECTED or SELECTED-DELAYED, and once only");
        }
        return groups;
    }
}
