package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.Rights;

/** LISTRIGHTS (RFC 4314 §3.4): each right can be given without the others. */
public final class ListRightsCommand implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        in.space();
        var name = in.mailbox();
        in.space();
        var identifier = AclIdentifier.read(in);
        in.end();
        var certain = session.store().certainRights(session.actor(), name, identifier);
        var rest = Rights.ALL.without(certain).toString();
        var letters = new StringBuilder();
        rest.chars().forEach(letter -> letters.append(' ').append((char) letter));
        session.untagged("LISTRIGHTS " + session.quoted(name) + " " + session.text(identifier) + " "
                + (certain.isEmpty() ? "\"\"" : certain) + letters);
        return Reply.ok("LISTRIGHTS completed");
    }
}
