package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.ImapSession;

/** NAMESPACE (RFC 2342): all mailboxes are the user's own. */
public final class NamespaceCommand implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax {
        in.end();
        session.untagged("NAMESPACE ((\"\" \"/\")) NIL NIL");
        return Reply.ok("NAMESPACE completed");
    }
}
