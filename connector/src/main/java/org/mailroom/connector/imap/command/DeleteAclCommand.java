package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.Rights;
import org.mailroom.contract.store.RightsChange;

/** DELETEACL (RFC 4314 §3.2). */
public final class DeleteAclCommand implements Command {
    private static final RightsChange NO_RIGHTS = new RightsChange(RightsChange.Mode.REPLACE, Rights.NONE);

    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        in.space();
        var name = in.mailbox();
        in.space();
        var identifier = AclIdentifier.read(in);
        in.end();
        session.store().changeRights(session.actor(), name, identifier, NO_RIGHTS);
        return Reply.ok("DELETEACL completed");
    }
}
