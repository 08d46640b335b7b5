package org.mailroom.connector.pop3;

import org.apache.james.protocols.api.Response;
import org.mailroom.contract.Actor;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.login.Logins.Attempt;
import org.mailroom.contract.login.Logins.LoginVerdict;
import org.mailroom.contract.login.Logins.LoginVerdict.Denied;
import org.mailroom.contract.login.Logins.LoginVerdict.Granted;
import org.mailroom.contract.login.Logins.LoginVerdict.Unavailable;

/** From a proof of identity to the maildrop, for PASS and AUTH alike. */
final class Login {
    private Login() {}

    static Response with(Pop3Session session, String name, String password) throws MailException {
        var connection = session.connection();
        var attempt = new Attempt(connection.id(), Protocol.POP3, connection.client(), connection.tls() != null);
        return after(session, session.services().logins().verify(attempt, name, password));
    }

    static Response after(Pop3Session session, LoginVerdict verdict) throws MailException {
        return switch (verdict) {
            case Granted granted -> {
                var actor = new Actor(
                        granted.account(), Protocol.POP3, session.connection().id());
                var maildrop = Maildrop.open(session.services(), actor, session.isUtf8());
                session.enter(maildrop);
                session.connection().login(granted.name());
                yield Pop3Replies.ok(Text.MAILDROP, maildrop.count(), maildrop.octets());
            }
            case Denied() -> Pop3Replies.DENIED;
            case Unavailable(String text) -> Pop3Replies.unavailable(text);
        };
    }
}
