package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;

/** THREAD (RFC 5256 §3) by REFERENCES or by ORDEREDSUBJECT. */
public record ThreadCommand(Messages messages) implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        messages.check(session);
        in.space();
        boolean references = in.takeWord("REFERENCES");
        if (!references && !in.takeWord("ORDEREDSUBJECT")) {
            throw in.expected("REFERENCES or ORDEREDSUBJECT");
        }
        in.space();
        var charset = SortCommand.charset(session, in);
        if (charset == null) {
            return Reply.no(SearchCommand.BADCHARSET);
        }
        in.space();
        var key = Search.grammar(session, in, charset).read();
        var selected = session.selected();
        var found = selected.view().known(new Search(session, selected.mailbox()).find(key));
        var rows = session.store().threadRows(session.actor(), selected.mailbox(), found);
        var threads = references ? new References().threads(rows) : OrderedSubject.threads(rows);
        var view = selected.view();
        var text = ThreadNode.text(threads, uid -> messages == Messages.BY_UID ? uid : view.sequence(uid));
        session.untagged(text.isEmpty() ? "THREAD" : "THREAD " + text);
        return Reply.ok(messages.named("THREAD") + " completed");
    }
}
