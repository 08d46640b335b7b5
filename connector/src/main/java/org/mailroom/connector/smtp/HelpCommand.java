package org.mailroom.connector.smtp;

import java.util.List;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;

/** HELP (RFC 5321 §4.1.1.8), for whoever types this by hand. */
final class HelpCommand implements SmtpCommand, EhloExtension {
    private static final List<String> EXCHANGE = List.of(
            "2.0.0 A message is sent with these commands, in this order:",
            "2.0.0 EHLO your.host  MAIL FROM:<you@example.org>  RCPT TO:<them@example.org>",
            "2.0.0 DATA, then the message, then a dot on a line of its own",
            "2.0.0 Also: HELO STARTTLS RSET NOOP VRFY HELP QUIT");
    private static final List<String> SUBMISSION = List.of(
            "2.0.0 A message is sent with these commands, in this order:",
            "2.0.0 EHLO your.host  STARTTLS  EHLO your.host  AUTH PLAIN",
            "2.0.0 MAIL FROM:<you@example.org>  RCPT TO:<them@example.org>",
            "2.0.0 DATA, then the message, then a dot on a line of its own",
            "2.0.0 Also: HELO RSET NOOP VRFY HELP QUIT");

    @Override
    public String name() {
        return "HELP";
    }

    @Override
    public Response run(SmtpSession session, String argument) {
        return SmtpReplies.lines(214, session.isSubmission() ? SUBMISSION : EXCHANGE);
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return List.of(name());
    }
}
