package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;

/** SUBSCRIBE and UNSUBSCRIBE (RFC 9051 §6.3.7, §6.3.8). */
public record SubscribeCommand(boolean subscribed) implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        in.space();
        var name = in.mailbox();
        in.end();
        session.store().subscribe(session.actor(), name, subscribed);
        return Reply.ok(subscribed ? "SUBSCRIBE completed" : "UNSUBSCRIBE completed");
    }
}
