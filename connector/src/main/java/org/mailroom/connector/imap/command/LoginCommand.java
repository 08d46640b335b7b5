package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.ImapSession;

/** LOGIN (RFC 9051 §6.2.3). */
public final class LoginCommand implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax {
        in.space();
        var name = in.astring("a user name");
        in.space();
        var password = in.astring("a password");
        in.end();
        return PasswordLogin.of(session, name, password);
    }
}
