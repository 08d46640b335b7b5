package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.UidSet;

/**
 * EXPUNGE and UID EXPUNGE (RFC 9051 §6.4.3, §6.4.9). What is gone is told with all other changes, before the OK.
 *
 * @param uids only those that the client names
 */
public record ExpungeCommand(boolean uids) implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        var which = UidSet.ALL;
        if (uids) {
            which = Messages.BY_UID.read(session, in);
        }
        in.end();
        if (!which.isEmpty()) {
            session.store().expunge(session.actor(), session.selected().mailbox(), which, true);
        }
        return Reply.ok("EXPUNGE completed");
    }
}
