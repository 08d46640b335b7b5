package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.Feature;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;

/** RENAME (RFC 9051 §6.3.6). */
public final class RenameCommand implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        in.space();
        var from = in.suppliedMailbox();
        in.space();
        var to = in.mailbox();
        in.end();
        session.store().rename(session.actor(), from.name(), to);
        if (session.has(Feature.IMAP4REV2)) {
            // RFC 9051 §6.3.6, §6.3.9.7: the old name as the client spelled it.
            session.untagged(
                    "LIST () \"/\" " + session.quoted(to) + " (\"OLDNAME\" (" + session.quoted(from.supplied()) + "))");
        }
        return Reply.ok("RENAME completed");
    }
}
