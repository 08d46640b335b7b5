package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;

/** MYRIGHTS (RFC 4314 §3.5). */
public final class MyRightsCommand implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        in.space();
        var name = in.mailbox();
        in.end();
        var mailbox = session.store().mailbox(session.actor(), name);
        session.untagged("MYRIGHTS " + session.quoted(name) + " " + mailbox.rights());
        return Reply.ok("MYRIGHTS completed");
    }
}
