package org.mailroom.connector.pop3;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.pop3.POP3Response;
import org.mailroom.connector.sasl.Exchange;
import org.mailroom.connector.sasl.Sasl;
import org.mailroom.connector.sasl.Step;
import org.mailroom.contract.MailException;

/** SASL (RFC 5034). */
final class AuthCommand implements LoginCommand {
    @Override
    public String name() {
        return "AUTH";
    }

    static List<String> mechanisms(Pop3Session session) {
        return Sasl.mechanisms(
                session.connection(), session.services().settings().mechanisms());
    }

    @Override
    public Response beforeLogin(Pop3Session session, String argument) throws MailException {
        if (!session.connection().passwordAllowed()) {
            return Pop3Replies.IN_THE_CLEAR;
        }
        if (argument.isEmpty()) {
            // What AUTH alone meant to clients before there was CAPA.
            return Pop3Replies.lines(Text.MECHANISMS.of(), mechanisms(session));
        }
        var words = argument.split(" +", 2);
        var services = session.services();
        var exchange = Sasl.exchange(
                session.connection(), services.logins(), services.settings().mechanisms(), words[0]);
        if (exchange.isEmpty()) {
            return Pop3Replies.error(Text.NO_MECHANISM, String.join(" ", mechanisms(session)));
        }
        session.user(null);
        var step = exchange.get().begin(words.length == 2 ? words[1] : null);
        return answer(session, exchange.get(), step);
    }

    private static Response answer(Pop3Session session, Exchange exchange, Step step) throws MailException {
        return switch (step) {
            case Step.Challenge(var base64) -> {
                session.pushLineHandler(new Continuation(exchange));
                yield new POP3Response("+", base64);
            }
            case Step.Judged(var verdict) -> Login.after(session, verdict);
            case Step.Cancelled() -> Pop3Replies.error(Text.CANCELLED);
            case Step.Malformed() -> Pop3Replies.error(Text.BAD_RESPONSE);
        };
    }

    /** Takes the line after a challenge. */
    private record Continuation(Exchange exchange) implements LineHandler<Pop3Session> {
        @Override
        public Response onLine(Pop3Session session, byte[] line) {
            ((ProtocolSession) session).popLineHandler();
            try {
                var text = new String(line, StandardCharsets.ISO_8859_1).strip();
                return answer(session, exchange, exchange.next(text));
            } catch (MailException refusal) {
                return Pop3Replies.refused(refusal);
            }
        }
    }
}
