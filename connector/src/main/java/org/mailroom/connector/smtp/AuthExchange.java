package org.mailroom.connector.smtp;

import java.nio.charset.StandardCharsets;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.sasl.Exchange;
import org.mailroom.connector.sasl.Step;
import org.mailroom.contract.MailException;

/** Takes the lines that follow AUTH until the login is judged (RFC 4954 §4). */
record AuthExchange(Exchange exchange) implements LineHandler<SmtpSession> {
    /** @param initial the response in the command itself; null where there is none */
    Response begin(SmtpSession session, @Nullable String initial) {
        return answer(session, () -> exchange.begin(initial));
    }

    @Override
    public Response onLine(SmtpSession session, byte[] line) {
        session.popLineHandler();
        var text = new String(line, StandardCharsets.ISO_8859_1).strip();
        return answer(session, () -> exchange.next(text));
    }

    private interface Question {
        Step ask() throws MailException;
    }

    private Response answer(SmtpSession session, Question question) {
        Step step;
        try {
            step = question.ask();
        } catch (MailException refusal) {
            return AuthCommand.refused(refusal);
        }
        return switch (step) {
            case Step.Challenge(var base64) -> {
                session.pushLineHandler(this);
                yield new SMTPResponse("334", base64);
            }
            case Step.Judged(var verdict) -> AuthCommand.judged(session, verdict, exchange.name());
            case Step.Cancelled() -> SmtpReplies.reply(501, "5.7.0 Login given up");
            case Step.Malformed() -> SmtpReplies.reply(501, "5.5.2 That is no response of this mechanism");
        };
    }
}
