package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.ImapSession;

/** NOOP and CHECK (RFC 9051 §6.1.2, RFC 3501 §6.4.1): a moment to hear what happened, which every command ends with. */
public record NoopCommand(String name) implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax {
        in.end();
        return Reply.ok(name + " completed");
    }
}
