package org.mailroom.connector.smtp;

import java.util.List;
import java.util.Locale;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.mailroom.contract.login.Logins;
import org.mailroom.contract.login.Logins.LoginVerdict;

/** AUTH (RFC 4954) with PLAIN (RFC 4616) and LOGIN, on submission only. */
final class AuthCommand implements SmtpCommand, EhloExtension {
    private final Logins logins;

    AuthCommand(Logins logins) {
        this.logins = logins;
    }

    @Override
    public String name() {
        return "AUTH";
    }

    @Override
    public String usage() {
        return "AUTH PLAIN, or AUTH LOGIN";
    }

    @Override
    public Response run(SmtpSession session, String argument) {
        if (!session.isSubmission()) {
            return SmtpReplies.reply(502, "5.5.1 Nobody logs in here; that is what the submission port is for");
        }
        if (!session.isGreeted()) {
            return SmtpReplies.reply(503, "5.5.1 Say EHLO first");
        }
        if (session.login() != null) {
            return SmtpReplies.reply(503, "5.5.1 You are logged in already");
        }
        if (session.transaction() != null) {
            return SmtpReplies.reply(503, "5.5.1 Not while a message is under way");
        }
        if (!session.connection().passwordAllowed()) {
            return session.refused("auth", SmtpReplies.reply(538, "5.7.11 Begin TLS first, with STARTTLS"));
        }
        var words = argument.split(" +", 2);
        var initial = words.length > 1 ? words[1].strip() : "";
        return switch (words[0].toUpperCase(Locale.ROOT)) {
            case "PLAIN" -> begin(session, new AuthPlain(this), initial);
            case "LOGIN" -> begin(session, new AuthLogin(this), initial);
            case "" -> SmtpReplies.reply(501, "5.5.4 Usage: AUTH PLAIN, or AUTH LOGIN");
            default -> SmtpReplies.reply(504, "5.5.4 Only PLAIN and LOGIN are known here");
        };
    }

    /** RFC 4954 §4: the first answer may stand in the command itself. */
    private static Response begin(SmtpSession session, AuthExchange exchange, String initial) {
        session.pushLineHandler(exchange);
        return initial.isEmpty() ? exchange.challenge() : exchange.onText(session, initial);
    }

    /** Asks the house and ends the exchange. */
    Response verify(SmtpSession session, String name, String password) {
        var connection = session.connection();
        var attempt = new Logins.Attempt(
                connection.id(), connection.protocol(), connection.client(), connection.tls() != null);
        return switch (logins.verify(attempt, name, password)) {
            case LoginVerdict.Granted granted -> {
                session.loggedIn(granted);
                yield SmtpReplies.reply(235, "2.7.0 Welcome");
            }
            case LoginVerdict.Denied() -> SmtpReplies.reply(535, "5.7.8 Wrong name or password");
            case LoginVerdict.Unavailable unavailable ->
                SmtpReplies.reply(454, "4.7.0 " + SmtpReplies.plain(unavailable.text()));
        };
    }

    /** Also the form with "=", which clients from before the standard look for, is not offered: they are gone. */
    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        var ours = (SmtpSession) session;
        return ours.isSubmission() && ours.connection().passwordAllowed() ? List.of("AUTH PLAIN LOGIN") : List.of();
    }
}
