package org.mailroom.connector.imap.command;

import java.util.ArrayList;
import org.mailroom.connector.imap.fetch.Fetch;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.FetchItem;
import org.mailroom.connector.imap.parse.FetchItem.Simple;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;

/** FETCH (RFC 9051 §6.4.5). */
public record FetchCommand(Messages messages) implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        var uids = messages.read(session, in);
        in.space();
        var items = new ArrayList<>(FetchItem.read(in));
        in.end();
        if (messages == Messages.BY_UID && !items.contains(Simple.UID)) {
            // RFC 9051 §6.4.9: UID FETCH tells the UID, asked or not.
            items.addFirst(Simple.UID);
        }
        long wanted = Messages.count(session.selected().view(), uids);
        long told = new Fetch(session, items).run(uids);
        return Reply.ok(
                told < wanted
                        ? "[EXPUNGEISSUED] Some of these messages are gone"
                        : messages.named("FETCH") + " completed");
    }
}
