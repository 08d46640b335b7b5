package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;

/** COPY and MOVE (RFC 9051 §6.4.7, §6.4.8). */
public record CopyCommand(Messages messages, boolean move) implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        var portion = Portion.of(session, messages.read(session, in));
        in.space();
        var target = in.mailbox();
        in.end();
        if (!move && !portion.isWhole()) {
            // RFC 9738 §3.1: COPY is all or nothing.
            return Reply.no("[MESSAGELIMIT " + portion.most() + "] At most so many messages can be copied at once");
        }
        var done = portion.done(messages.named(move ? "MOVE" : "COPY") + " completed");
        if (portion.uids().isEmpty()) {
            return Reply.ok(done);
        }
        var selected = session.selected();
        // RFC 2180 §4.4: who names numbers means all messages that he was told of, and may delete what he takes for
        // copied.
        long least = messages == Messages.BY_NUMBER ? Messages.count(selected.view(), portion.uids()) : 0;
        var copied = session.store().copy(session.actor(), selected.mailbox(), portion.uids(), target, move, least);
        if (copied.from().isEmpty()) {
            return Reply.ok(done);
        }
        session.added(copied.uidValidity(), copied.to());
        var code = "[COPYUID " + copied.uidValidity() + " " + copied.from() + " " + copied.to() + "]";
        if (!move) {
            return Reply.ok(code + " " + done);
        }
        // RFC 6851 §4.3: before the EXPUNGEs, so that the client knows where the messages went when they vanish.
        session.untagged("OK " + code + " Moved");
        return portion.isWhole() ? ExpungeCommand.removed(session, done) : Reply.ok(done);
    }

    @Override
    public boolean missesTarget(ImapSession session) {
        return session.selectedIsThere();
    }
}
