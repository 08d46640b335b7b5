package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.ImapSession;

/** STARTTLS (RFC 9051 §6.2.1). What was said in the clear counts for nothing afterwards, and there is nothing yet that could. */
public final class StartTlsCommand implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax {
        in.end();
        if (!session.connection().canStartTls()) {
            return Reply.bad(
                    "TLS is " + (session.connection().tls() == null ? "not to be had here" : "already active"));
        }
        session.connection().startTls(session.tag() + " OK Begin TLS negotiation now\r\n");
        return new Reply.Told();
    }
}
