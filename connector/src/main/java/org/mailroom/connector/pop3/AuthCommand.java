package org.mailroom.connector.pop3;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.pop3.POP3Response;
import org.mailroom.contract.MailException;

/** SASL (RFC 5034) with the mechanism PLAIN (RFC 4616). */
final class AuthCommand implements LoginCommand {
    @Override
    public String name() {
        return "AUTH";
    }

    @Override
    public Response beforeLogin(Pop3Session session, String argument) throws MailException {
        if (!session.connection().passwordAllowed()) {
            return Pop3Replies.IN_THE_CLEAR;
        }
        if (argument.isEmpty()) {
            return mechanisms();
        }
        var words = argument.split(" ", 2);
        if (!words[0].toUpperCase(Locale.ROOT).equals("PLAIN")) {
            return Pop3Replies.error(Text.NO_MECHANISM, "PLAIN");
        }
        session.user(null);
        if (words.length == 2) {
            // RFC 5034 §4: "=" is an initial response of no octets.
            return plain(session, words[1].equals("=") ? "" : words[1]);
        }
        session.pushLineHandler(new Continuation());
        return new POP3Response("+", "");
    }

    /** What AUTH alone meant to clients before there was CAPA. */
    private static Response mechanisms() {
        return Pop3Replies.lines(Text.MECHANISMS.of(), List.of("PLAIN"));
    }

    private static Response plain(Pop3Session session, String response) throws MailException {
        String[] parts;
        try {
            var octets = Base64.getDecoder().decode(response);
            parts = new String(octets, StandardCharsets.UTF_8).split("\0", -1);
        } catch (IllegalArgumentException e) {
            return Pop3Replies.error(Text.NO_BASE64);
        }
        if (parts.length != 3 || parts[1].isEmpty()) {
            return Pop3Replies.error(Text.BAD_RESPONSE);
        }
        // RFC 4616 §2: to act for somebody else is another right, which nobody has here.
        if (!parts[0].isEmpty() && !parts[0].equalsIgnoreCase(parts[1])) {
            return Pop3Replies.DENIED;
        }
        return Login.with(session, parts[1], parts[2]);
    }

    /** Takes the line after the prompt. */
    private static final class Continuation implements LineHandler<Pop3Session> {
        @Override
        public Response onLine(Pop3Session session, byte[] line) {
            ((ProtocolSession) session).popLineHandler();
            var response = new String(line, StandardCharsets.US_ASCII).strip();
            if (response.equals("*")) {
                return Pop3Replies.error(Text.CANCELLED);
            }
            try {
                return plain(session, response);
            } catch (MailException refusal) {
                return Pop3Replies.refused(refusal);
            }
        }
    }
}
