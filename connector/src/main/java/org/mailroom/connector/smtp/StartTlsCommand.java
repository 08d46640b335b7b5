package org.mailroom.connector.smtp;

import java.util.List;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.SMTPStartTlsResponse;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;

/** STARTTLS (RFC 3207). */
final class StartTlsCommand implements SmtpCommand, EhloExtension {
    @Override
    public String name() {
        return "STARTTLS";
    }

    @Override
    public String usage() {
        return "STARTTLS";
    }

    @Override
    public Response run(SmtpSession session, String argument) {
        if (!argument.isEmpty()) {
            return SmtpReplies.reply(501, "5.5.4 Usage: STARTTLS");
        }
        if (session.isTLSStarted()) {
            return SmtpReplies.reply(503, "5.5.1 This session is under TLS already");
        }
        if (session.login() != null) {
            return SmtpReplies.reply(503, "5.5.1 You are logged in; STARTTLS comes before AUTH");
        }
        if (!session.connection().canStartTls()) {
            return SmtpReplies.reply(454, "4.7.0 TLS is not available for now");
        }
        return new SMTPStartTlsResponse("220", "2.0.0 Begin TLS");
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return session.isStartTLSSupported() ? List.of(name()) : List.of();
    }
}
