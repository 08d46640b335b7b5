package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.Rights;
import org.mailroom.contract.store.RightsChange;
import org.mailroom.contract.store.RightsChange.Mode;

/** SETACL (RFC 4314 §3.1). */
public final class SetAclCommand implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        in.space();
        var name = in.mailbox();
        in.space();
        var identifier = AclIdentifier.read(in);
        in.space();
        var change = change(in.astring("rights"));
        in.end();
        session.store().changeRights(session.actor(), name, identifier, change);
        return Reply.ok("SETACL completed");
    }

    private static RightsChange change(String text) throws BadSyntax {
        return switch (text.isEmpty() ? ' ' : text.charAt(0)) {
            case '+' -> new RightsChange(Mode.ADD, rights(text.substring(1)));
            case '-' -> new RightsChange(Mode.REMOVE, rights(text.substring(1)));
            default -> new RightsChange(Mode.REPLACE, rights(text));
        };
    }

    private static Rights rights(String letters) throws BadSyntax {
        return Rights.parse(letters)
                .orElseThrow(() -> new BadSyntax("A right that is not known here; there are " + Rights.ALL));
    }
}
