package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;

/** DELETE (RFC 9051 §6.3.5). */
public final class DeleteCommand implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        in.space();
        var name = in.suppliedMailbox();
        in.end();
        boolean own = session.state() == ImapSession.State.SELECTED
                && session.store().mailbox(session.actor(), name.name()).id()
                        == session.selected().mailbox();
        session.store().delete(session.actor(), name.name());
        if (own) {
            session.unselect();
            session.untagged("OK [CLOSED] The mailbox that was selected is deleted");
        }
        SelectCommand.tellOtherName(session, name, "\\NonExistent");
        return Reply.ok("DELETE completed");
    }
}
