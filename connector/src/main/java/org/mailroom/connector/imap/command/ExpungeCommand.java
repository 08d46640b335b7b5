package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.Feature;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.Flags;
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
        var deleted = session.selected().view().select(Flags.DELETED, Flags.DELETED);
        var portion = Portion.of(session, which.and(deleted));
        // What others marked meanwhile goes too, where the limit is no matter.
        var gone = portion.isWhole() ? which : portion.uids();
        if (!gone.isEmpty()) {
            session.store().expunge(session.actor(), session.selected().mailbox(), gone, true);
        }
        var done = portion.done("EXPUNGE completed");
        return portion.isWhole() ? removed(session, done) : Reply.ok(done);
    }

    /** The end of a command that took messages away: with the new mod-sequence for those who keep it (RFC 7162 §3.2.8, RFC 6851 §4.4). */
    static Reply removed(ImapSession session, String done) {
        if (!session.has(Feature.CONDSTORE)) {
            return Reply.ok(done);
        }
        var selected = session.selected();
        session.tellAllChanges(true);
        return Reply.ok("[HIGHESTMODSEQ " + selected.view().modseq() + "] " + done);
    }
}
