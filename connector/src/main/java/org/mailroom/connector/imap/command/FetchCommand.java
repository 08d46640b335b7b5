package org.mailroom.connector.imap.command;

import java.util.ArrayList;
import org.mailroom.connector.imap.fetch.Fetch;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.FetchItem;
import org.mailroom.connector.imap.parse.FetchItem.Simple;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.UidSet;

/** FETCH (RFC 9051 §6.4.5). */
public record FetchCommand(Messages messages) implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        var uids = messages.read(session, in);
        in.space();
        var items = new ArrayList<>(FetchItem.read(in));
        boolean onlyChanged = in.take(' ');
        var changed = onlyChanged ? changedSince(session, in, uids) : uids;
        in.end();
        if (messages == Messages.BY_UID && !items.contains(Simple.UID)) {
            // RFC 9051 §6.4.9: UID FETCH tells the UID, asked or not.
            items.addFirst(Simple.UID);
        }
        if (onlyChanged && !items.contains(Simple.MODSEQ)) {
            items.add(Simple.MODSEQ);
        }
        if (items.contains(Simple.MODSEQ)) {
            session.tellModseq();
        }
        long wanted = Messages.count(session.selected().view(), changed);
        long told = new Fetch(session, items).run(changed);
        return Reply.ok(
                told < wanted
                        ? "[EXPUNGEISSUED] Some of these messages are gone"
                        : messages.named("FETCH") + " completed");
    }

    /** RFC 7162 §3.1.4.1: of these messages only what changed since. */
    private static UidSet changedSince(ImapSession session, Arguments in, UidSet uids) throws BadSyntax {
        in.expect('(');
        if (!in.takeWord("CHANGEDSINCE")) {
            throw in.expected("CHANGEDSINCE");
        }
        in.space();
        long since = in.number64("a mod-sequence");
        in.expect(')');
        var changed = new UidSet.Builder();
        var view = session.selected().view();
        for (int range = 0; range < uids.ranges(); range++) {
            int end = view.atOrAbove(uids.last(range) + 1);
            for (int sequence = view.atOrAbove(uids.first(range)); sequence < end; sequence++) {
                if (view.entry(sequence).modseq() > since) {
                    changed.add(view.uid(sequence));
                }
            }
        }
        return changed.build();
    }
}
