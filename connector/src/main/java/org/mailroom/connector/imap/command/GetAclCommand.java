package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;

/** GETACL (RFC 4314 §3.3). */
public final class GetAclCommand implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        in.space();
        var name = in.mailbox();
        in.end();
        var list = new StringBuilder("ACL ").append(session.quoted(name));
        for (var entry : session.store().acl(session.actor(), name)) {
            list.append(' ')
                    .append(session.text(entry.identifier()))
                    .append(' ')
                    .append(entry.rights());
        }
        session.untagged(list.toString());
        return Reply.ok("GETACL completed");
    }
}
