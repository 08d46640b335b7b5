package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.Right;

/** STATUS (RFC 9051 §6.3.11). */
public final class StatusCommand implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        in.space();
        var name = in.mailbox();
        in.space();
        var items = StatusItems.read(in);
        in.end();
        var mailbox = session.store().mailbox(session.actor(), name);
        mailbox.rights().require(Right.READ);
        items.tell(session, mailbox);
        return Reply.ok("STATUS completed");
    }
}
