package org.mailroom.connector.imap.command;

import java.util.ArrayList;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;

/**
 * GETQUOTA and GETQUOTAROOT (RFC 9208 §4.1): one root, the account, whose name is empty.
 *
 * @param ofMailbox GETQUOTAROOT
 */
public record QuotaCommand(boolean ofMailbox) implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        in.space();
        var name = ofMailbox ? in.mailbox() : in.astring("a quota root");
        in.end();
        if (ofMailbox) {
            var mailbox = session.store().mailbox(session.actor(), name);
            session.untagged("QUOTAROOT " + session.quoted(mailbox.name()) + " \"\"");
        } else if (!name.isEmpty()) {
            return Reply.no("[NONEXISTENT] The only quota root is \"\"");
        }
        tell(session);
        return Reply.ok(ofMailbox ? "GETQUOTAROOT completed" : "GETQUOTA completed");
    }

    private static void tell(ImapSession session) {
        var quota = session.store().quota(session.actor());
        var resources = new ArrayList<String>();
        if (quota.octetLimit() != null) {
            // RFC 9208 §5.1: in units of 1024 octets.
            resources.add("STORAGE " + (quota.octets() + 1023) / 1024 + " " + quota.octetLimit() / 1024);
        }
        if (quota.messageLimit() != null) {
            resources.add("MESSAGE " + quota.messages() + " " + quota.messageLimit());
        }
        session.untagged("QUOTA \"\" (" + String.join(" ", resources) + ")");
    }
}
