package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.session.Capabilities;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.login.Logins.Attempt;
import org.mailroom.contract.login.Logins.LoginVerdict;
import org.mailroom.contract.login.Logins.LoginVerdict.Denied;
import org.mailroom.contract.login.Logins.LoginVerdict.Granted;
import org.mailroom.contract.login.Logins.LoginVerdict.Unavailable;

/** What LOGIN and AUTHENTICATE have in common. */
final class PasswordLogin {
    static final String PRIVACY = "[PRIVACYREQUIRED] Use TLS before you send a password";

    private PasswordLogin() {}

    static Reply of(ImapSession session, String name, String password) {
        var connection = session.connection();
        if (!connection.passwordAllowed()) {
            return Reply.no(PRIVACY);
        }
        var attempt = new Attempt(connection.id(), Protocol.IMAP, connection.client(), connection.tls() != null);
        return after(session, session.services().logins().verify(attempt, name, password));
    }

    static Reply after(ImapSession session, LoginVerdict verdict) {
        return switch (verdict) {
            case Granted granted -> {
                session.loggedIn(granted);
                // What can be done is other than before, and this saves the client from asking (RFC 9051 §6.2.3).
                yield Reply.ok("[CAPABILITY " + Capabilities.of(session) + "] Logged in");
            }
            case Denied() -> Reply.no("[AUTHENTICATIONFAILED] Wrong name or password");
            case Unavailable(String text) -> Reply.no("[UNAVAILABLE] " + text);
        };
    }
}
