package org.mailroom.connector.imap.command;

import java.util.ArrayList;
import java.util.List;
import org.mailroom.connector.imap.fetch.Fetch;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.FetchItem;
import org.mailroom.connector.imap.parse.FetchItem.Simple;
import org.mailroom.connector.imap.session.Feature;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.UidSet;

/** FETCH (RFC 9051 §6.4.5). */
public record FetchCommand(Messages messages) implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        var named = messages.named(session, in);
        var uids = session.selected().view().known(named);
        in.space();
        var items = new ArrayList<>(FetchItem.read(in));
        var modifiers = FetchModifiers.read(session, in, messages);
        in.end();
        if (messages == Messages.BY_UID && !items.contains(Simple.UID) && !session.has(Feature.UIDONLY)) {
            // RFC 9051 §6.4.9: UID FETCH tells the UID, asked or not; RFC 9586 §3.3: UIDFETCH begins with it.
            items.addFirst(Simple.UID);
        }
        if (modifiers.onlyChanged() && !items.contains(Simple.MODSEQ)) {
            items.add(Simple.MODSEQ);
        }
        if (items.contains(Simple.MODSEQ)) {
            session.tellModseq();
        }
        if (modifiers.vanished()) {
            var gone = session.store()
                    .expungedSince(session.actor(), session.selected().mailbox(), modifiers.changedSince());
            session.selected().tellVanished(gone.and(named));
        }
        return tell(session, items, modifiers.of(session.selected().view(), uids));
    }

    private Reply tell(ImapSession session, List<FetchItem> items, UidSet uids) throws MailException {
        var portion = Portion.of(session, uids);
        long wanted = Messages.count(session.selected().view(), portion.uids());
        var fetch = new Fetch(session, items);
        long told = fetch.run(portion.uids());
        if (fetch.metUnknownEncoding()) {
            return Reply.no("[UNKNOWN-CTE] A part has a transfer encoding that is not known here");
        }
        return Reply.ok(
                told < wanted
                        ? "[EXPUNGEISSUED] Some of these messages are gone"
                        : portion.done(messages.named("FETCH") + " completed"));
    }
}
