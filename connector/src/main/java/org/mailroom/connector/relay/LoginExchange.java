package org.mailroom.connector.relay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.mailroom.contract.relay.Credentials;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.contract.relay.RelayException;

/** Logs in to a host (RFC 4954), under TLS or not at all. What is refused is our configuration, so it is no bounce. */
record LoginExchange(SmtpSession session, Credentials login) {
    void run() throws IOException {
        if (!session.isSecure()) {
            throw trouble("4.7.11", "The login is not sent in the clear");
        }
        var offered = List.of(session.extensions()
                .offered()
                .getOrDefault("AUTH", "")
                .toUpperCase(Locale.ROOT)
                .split(" "));
        session.at("AUTH");
        Reply reply;
        if (offered.contains("PLAIN")) {
            reply = ask("AUTH PLAIN " + encoded("\0" + login.user() + "\0" + login.password()));
        } else if (offered.contains("LOGIN")) {
            reply = step(step(ask("AUTH LOGIN"), login.user()), login.password());
        } else {
            throw trouble("4.7.4", "The host offers neither AUTH PLAIN nor LOGIN");
        }
        if (!reply.isPositive()) {
            throw trouble("4.7.8", "The login of " + login.user() + " was refused: " + reply.text());
        }
    }

    /** Answers a question; anything else than a question is the end already. */
    private Reply step(Reply question, String answer) throws IOException {
        return question.code() == Reply.CONTINUE ? ask(encoded(answer)) : question;
    }

    private Reply ask(String line) throws IOException {
        var limit = session.timeouts().command();
        session.write(List.of(line), limit);
        session.at("AUTH"); // a secret is no name for a step
        return session.reply(limit);
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static RelayException trouble(String status, String text) {
        return new RelayException(new Outcome(Outcome.Kind.DEFERRED, 0, status, SafeText.of(text)));
    }
}
