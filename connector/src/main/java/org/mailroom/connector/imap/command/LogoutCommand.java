package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.ImapSession;

/** LOGOUT (RFC 9051 §6.1.3). */
public final class LogoutCommand implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax {
        in.end();
        session.untagged("BYE Logging out");
        session.logout();
        return Reply.ok("LOGOUT completed");
    }
}
