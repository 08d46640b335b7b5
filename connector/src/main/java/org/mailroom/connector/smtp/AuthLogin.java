package org.mailroom.connector.smtp;

import java.nio.charset.StandardCharsets;
import org.apache.james.protocols.api.Response;
import org.jspecify.annotations.Nullable;

/** LOGIN, never a standard and still in use: the name, then the password. */
final class AuthLogin extends AuthExchange {
    private final AuthCommand auth;
    private @Nullable String name;

    AuthLogin(AuthCommand auth) {
        this.auth = auth;
    }

    @Override
    Response challenge() {
        return ask("Username:");
    }

    @Override
    Response answer(SmtpSession session, byte[] decoded) {
        var text = new String(decoded, StandardCharsets.UTF_8);
        if (name == null) {
            name = text;
            return ask("Password:");
        }
        over(session);
        return auth.verify(session, name, text);
    }
}
