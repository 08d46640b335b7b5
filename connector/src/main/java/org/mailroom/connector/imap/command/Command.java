package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;

/** One command. Stateless: what it must remember stands in the session. */
@FunctionalInterface
public interface Command {
    /**
     * Reads its arguments to the end, and only then acts.
     *
     * @param in behind the name of the command
     * @throws BadSyntax answered with BAD
     * @throws MailException answered with NO and the code of {@code ImapReplies}
     */
    Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException;

    /**
     * Whether a mailbox that was found missing is the one where messages should go, so that it is worth a TRYCREATE (RFC 9051
     * §7.1).
     */
    default boolean missesTarget(ImapSession session) {
        return false;
    }
}
