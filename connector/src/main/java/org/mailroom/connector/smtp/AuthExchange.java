package org.mailroom.connector.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.smtp.SMTPResponse;

/** Takes the lines that follow AUTH until name and password are there. */
abstract class AuthExchange implements LineHandler<SmtpSession> {
    /** The question to send when the client has said nothing yet. */
    abstract Response challenge();

    /** A line of the client, decoded; ends the exchange with {@link #over} or asks on. */
    abstract Response answer(SmtpSession session, byte[] decoded);

    static Response ask(String question) {
        return new SMTPResponse(
                "334", Base64.getEncoder().encodeToString(question.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Lines are commands again. */
    static void over(SmtpSession session) {
        session.popLineHandler();
    }

    @Override
    public final Response onLine(SmtpSession session, byte[] line) {
        return onText(session, new String(line, StandardCharsets.ISO_8859_1).strip());
    }

    final Response onText(SmtpSession session, String text) {
        if (text.equals("*")) {
            over(session);
            return SmtpReplies.reply(501, "5.7.0 Login given up");
        }
        try {
            // RFC 4954 §4: a single = is an answer of no octets.
            return answer(
                    session,
                    text.equals("=") ? new byte[0] : Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException problem) {
            over(session);
            return SmtpReplies.reply(501, "5.5.2 This is not base64");
        }
    }
}
