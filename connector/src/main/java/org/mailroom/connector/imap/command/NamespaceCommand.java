package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.store.MailStore;

/** NAMESPACE (RFC 2342): the user's own mailboxes, those of other people, and those that belong to nobody in particular. */
public final class NamespaceCommand implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax {
        in.end();
        session.untagged("NAMESPACE ((\"\" \"/\")) ((\"" + MailStore.OTHER_USERS + "\" \"/\")) ((\"" + MailStore.SHARED
                + "\" \"/\"))");
        return Reply.ok("NAMESPACE completed");
    }
}
