package org.mailroom.connector.smtp;

import java.nio.charset.StandardCharsets;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPResponse;

/** PLAIN (RFC 4616): {@code authzid NUL authcid NUL password}. */
final class AuthPlain extends AuthExchange {
    private final AuthCommand auth;

    AuthPlain(AuthCommand auth) {
        this.auth = auth;
    }

    @Override
    Response challenge() {
        return new SMTPResponse("334", "");
    }

    @Override
    Response answer(SmtpSession session, byte[] decoded) {
        over(session);
        var parts = new String(decoded, StandardCharsets.UTF_8).split("\0", -1);
        if (parts.length != 3 || parts[1].isEmpty() || parts[2].isEmpty()) {
            return SmtpReplies.reply(501, "5.5.2 PLAIN is base64 of: nothing, NUL, name, NUL, password");
        }
        if (!parts[0].isEmpty() && !parts[0].equalsIgnoreCase(parts[1])) {
            return SmtpReplies.reply(535, "5.7.8 Nobody may act for somebody else here");
        }
        return auth.verify(session, parts[1], parts[2]);
    }
}
