package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.Capabilities;
import org.mailroom.connector.imap.session.ImapSession;

/** CAPABILITY (RFC 9051 §6.1.1). */
public final class CapabilityCommand implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax {
        in.end();
        session.untagged("CAPABILITY " + Capabilities.of(session));
        return Reply.ok("CAPABILITY completed");
    }
}
