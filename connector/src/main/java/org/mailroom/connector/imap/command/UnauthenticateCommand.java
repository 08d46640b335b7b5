package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.Capabilities;
import org.mailroom.connector.imap.session.ImapSession;

/** UNAUTHENTICATE (RFC 8437): the connection stays, whoever it belonged to is gone. */
public final class UnauthenticateCommand implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax {
        in.end();
        session.unauthenticate();
        var reply = "OK [CAPABILITY " + Capabilities.of(session) + "] Nobody is logged in";
        session.connection().write(session.tag() + " " + reply + "\r\n");
        session.uncompress();
        return new Reply.Told();
    }
}
