package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;

/** REPLACE (RFC 8508): a new message comes and an old one goes, at once. */
public record ReplaceCommand(Messages messages) implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        var uids = messages.read(session, in);
        in.space();
        var name = in.mailbox();
        in.space();
        try (var message = AppendedMessage.read(session, in)) {
            in.end();
            if (uids.size() != 1 || session.selected().view().sequence(uids.first()) == 0) {
                return Reply.bad("REPLACE replaces one message, which must be there");
            }
            if (message.size() == 0) {
                // RFC 3502 §6.3.11; RFC 8508 §3.4: what affects APPEND affects REPLACE in the same way.
                return Reply.no("REPLACE cancelled by an empty message");
            }
            var appended = session.store()
                    .replace(session.actor(), session.selected().mailbox(), uids.first(), name, message.get());
            session.added(appended.uidValidity(), appended.uids());
            // RFC 8508 §3.3: before the EXPUNGE, so that the client knows what came in its place.
            session.untagged(
                    "OK [APPENDUID " + appended.uidValidity() + " " + appended.uids() + "] The new message is there");
            return ExpungeCommand.removed(session, messages.named("REPLACE") + " completed");
        }
    }

    @Override
    public boolean missesTarget(ImapSession session) {
        return session.selectedIsThere();
    }
}
