package org.mailroom.connector.imap.command;

import java.util.ArrayList;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.MailboxName;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.MailStore;
import org.mailroom.contract.store.MailStore.Quota;

/**
 * GETQUOTA and GETQUOTAROOT (RFC 9208 §4.1): one root, the account, whose name is empty; and one for each other whose mailboxes
 * the user sees, by the name of the INBOX.
 *
 * @param ofMailbox GETQUOTAROOT
 */
public record QuotaCommand(boolean ofMailbox) implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        in.space();
        var name = ofMailbox ? in.mailbox() : in.astring("a quota root");
        in.end();
        if (!ofMailbox && !name.isEmpty() && !isOfOthers(name)) {
            return Reply.no("[NONEXISTENT] The only quota root of your own is \"\"");
        }
        var quota = name.isEmpty()
                ? session.store().quota(session.actor())
                : session.store().quota(session.actor(), name);
        var root = ofMailbox ? root(name) : name;
        if (quota.octetLimit() == null && quota.messageLimit() == null) {
            // RFC 9208 §7: a QUOTA names a resource at least, and a mailbox may have no root.
            if (!ofMailbox) {
                return Reply.no("[NONEXISTENT] There is no limit");
            }
            session.untagged("QUOTAROOT " + session.quoted(name));
            return Reply.ok("GETQUOTAROOT completed");
        }
        if (ofMailbox) {
            session.untagged("QUOTAROOT " + session.quoted(name) + " " + session.quoted(root));
        }
        tell(session, root, quota);
        return Reply.ok(ofMailbox ? "GETQUOTAROOT completed" : "GETQUOTA completed");
    }

    private static boolean isOfOthers(String name) {
        return name.startsWith(MailStore.OTHER_USERS) || name.startsWith(MailStore.SHARED);
    }

    /** The INBOX of the one to whom the mailbox belongs. */
    private static String root(String mailbox) {
        if (!isOfOthers(mailbox)) {
            return "";
        }
        int end = mailbox.indexOf(MailboxName.DELIMITER, Math.max(0, mailbox.indexOf('@')));
        return end < 0 ? mailbox : mailbox.substring(0, end);
    }

    private static void tell(ImapSession session, String root, Quota quota) {
        var resources = new ArrayList<String>();
        if (quota.octetLimit() != null) {
            // RFC 9208 §5.1: in units of 1024 octets.
            resources.add("STORAGE " + (quota.octets() + 1023) / 1024 + " " + quota.octetLimit() / 1024);
        }
        if (quota.messageLimit() != null) {
            resources.add("MESSAGE " + quota.messages() + " " + quota.messageLimit());
        }
        session.untagged("QUOTA " + session.quoted(root) + " (" + String.join(" ", resources) + ")");
    }
}
