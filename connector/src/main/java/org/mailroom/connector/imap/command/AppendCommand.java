package org.mailroom.connector.imap.command;

import java.util.ArrayList;
import java.util.List;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.SuppliedName;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;

/** APPEND (RFC 9051 §6.3.12), several messages at once too (RFC 3502). */
public final class AppendCommand implements Command {
    private static final int MOST = 1000;

    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        in.space();
        var name = in.suppliedMailbox();
        var messages = new ArrayList<AppendedMessage>();
        try {
            do {
                in.space();
                messages.add(AppendedMessage.read(session, in));
            } while (!in.atEnd() && messages.size() <= MOST);
            return append(session, name, messages);
        } finally {
            messages.forEach(AppendedMessage::close);
        }
    }

    private static Reply append(ImapSession session, SuppliedName name, List<AppendedMessage> messages)
            throws BadSyntax, MailException {
        if (messages.size() > MOST) {
            throw new BadSyntax("[LIMIT] At most " + MOST + " messages can be added at once");
        }
        if (messages.stream().anyMatch(message -> message.size() == 0)) {
            // RFC 3502 §6.3.11: so a client says that it thinks better of it.
            return Reply.no("APPEND cancelled by an empty message");
        }
        var fresh = messages.stream().map(AppendedMessage::get).toList();
        var appended = session.store().append(session.actor(), name.name(), fresh);
        SelectCommand.tellOtherName(session, name, null);
        session.added(appended.uidValidity(), appended.uids());
        return Reply.ok("[APPENDUID " + appended.uidValidity() + " " + appended.uids() + "] APPEND completed");
    }

    @Override
    public boolean missesTarget(ImapSession session) {
        return true;
    }
}
