package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.Right;
import org.mailroom.contract.store.UidSet;

/**
 * CLOSE and UNSELECT (RFC 9051 §6.4.1, §6.4.2).
 *
 * @param expunges CLOSE: deleted messages go, without a word, unless the mailbox was opened by EXAMINE
 */
public record CloseCommand(boolean expunges) implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        in.end();
        var selected = session.selected();
        session.unselect();
        // RFC 4314 §4: without the right to expunge it is closed all the same.
        if (expunges && !selected.isReadOnly() && selected.rights().has(Right.EXPUNGE)) {
            session.store().expunge(session.actor(), selected.mailbox(), UidSet.ALL, true);
        }
        return Reply.ok(expunges ? "CLOSE completed" : "UNSELECT completed");
    }
}
