package org.mailroom.connector.smtp;

import java.util.List;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.mailroom.connector.sasl.Sasl;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.login.Logins;
import org.mailroom.contract.login.Logins.LoginVerdict;
import org.mailroom.contract.receive.SmtpReply;
import org.mailroom.contract.wire.WireSettings;

/** AUTH (RFC 4954), on submission only. */
final class AuthCommand implements SmtpCommand, EhloExtension {
    private final Logins logins;
    private final WireSettings.Mechanisms allowed;

    AuthCommand(Logins logins, WireSettings.Mechanisms allowed) {
        this.logins = logins;
        this.allowed = allowed;
    }

    @Override
    public String name() {
        return "AUTH";
    }

    @Override
    public String usage() {
        return "AUTH mechanism";
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
        if (words[0].isEmpty()) {
            return SmtpReplies.reply(501, "5.5.4 Usage: " + usage());
        }
        // RFC 4954 §4: the first answer may stand in the command itself.
        return Sasl.exchange(session.connection(), logins, allowed, words[0])
                .map(exchange -> new AuthExchange(exchange).begin(session, words.length > 1 ? words[1].strip() : null))
                .orElseGet(() -> SmtpReplies.reply(
                        504, "5.5.4 Known here: " + String.join(" ", Sasl.mechanisms(session.connection(), allowed))));
    }

    static Response judged(SmtpSession session, LoginVerdict verdict, String mechanism) {
        return switch (verdict) {
            case LoginVerdict.Granted granted -> {
                session.loggedIn(granted, mechanism);
                yield SmtpReplies.reply(235, "2.7.0 Welcome");
            }
            case LoginVerdict.Denied() -> SmtpReplies.reply(535, "5.7.8 Wrong name or password");
            case LoginVerdict.Unavailable unavailable ->
                SmtpReplies.reply(454, "4.7.0 " + SmtpReply.plain(unavailable.text()));
        };
    }

    /** One mechanism that cannot prove the name is answered as one that is not there (504): the client tries the next. */
    static Response refused(MailException refusal) {
        return refusal.reason() == Reason.OTHER_MECHANISM
                ? SmtpReplies.no(SmtpReply.of(refusal))
                : SmtpReplies.reply(454, "4.7.0 " + SmtpReply.plain(refusal.text()));
    }

    /** Also the form with "=", which clients from before the standard look for, is not offered: they are gone. */
    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        var ours = (SmtpSession) session;
        var mechanisms = ours.isSubmission() ? Sasl.mechanisms(ours.connection(), allowed) : List.<String>of();
        return mechanisms.isEmpty() ? List.of() : List.of("AUTH " + String.join(" ", mechanisms));
    }
}
