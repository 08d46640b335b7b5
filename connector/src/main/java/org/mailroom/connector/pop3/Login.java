package org.mailroom.connector.pop3;

import org.apache.james.protocols.api.Response;
import org.mailroom.contract.Actor;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.login.Logins.Attempt;
import org.mailroom.contract.login.Logins.LoginVerdict.Denied;
import org.mailroom.contract.login.Logins.LoginVerdict.Granted;
import org.mailroom.contract.login.Logins.LoginVerdict.Unavailable;

/** From a name and a password to the maildrop, for PASS and AUTH alike. */
final class Login {
    private Login() {}

    static Response with(Pop3Session session, String name, String password) throws MailException {
        var connection = session.connection();
        var services = session.services();
        var attempt = new Attempt(connection.id(), Protocol.POP3, connection.client(), connection.tls() != null);
        return switch (services.logins().verify(attempt, name, password)) {
            case Granted granted -> {
                var actor = new Actor(granted.account(), Protocol.POP3, connection.id());
                var maildrop = Maildrop.open(services.store(), actor);
                session.enter(maildrop);
                connection.login(granted.name());
                yield Pop3Replies.ok(maildrop.count() + " messages (" + maildrop.octets() + " octets)");
            }
            case Denied denied -> Pop3Replies.DENIED;
            // RFC 3206 §4: not the client's fault, so it shall not ask its user for another password.
            case Unavailable unavailable -> Pop3Replies.error("[SYS/TEMP] " + unavailable.text());
        };
    }
}
