package org.mailroom.connector.pop3;

import java.io.InputStream;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.pop3.POP3Response;
import org.apache.james.protocols.pop3.POP3StreamResponse;
import org.mailroom.connector.net.Farewell;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;

/** Every reply's wording, and the one place that turns a reason into a response code (RFC 2449 §8, RFC 3206). */
final class Pop3Replies {
    static final Response FAULT = error("[SYS/TEMP] Something broke here; try again later");
    static final Response UNKNOWN_COMMAND = error("Unknown command");
    static final Response DENIED = error("[AUTH] Wrong name or password");
    static final Response IN_THE_CLEAR = error("No passwords in the clear here: begin TLS with STLS first");

    private Pop3Replies() {}

    static Response ok(String text) {
        return new POP3Response(POP3Response.OK_RESPONSE, text);
    }

    static Response error(String text) {
        return new POP3Response(POP3Response.ERR_RESPONSE, text);
    }

    /** A reply of many lines; the line with the dot is added. */
    static Response lines(String text, InputStream lines) {
        return new POP3StreamResponse(POP3Response.OK_RESPONSE, text, lines);
    }

    /** The same reply, after which we close. */
    static Response ended(Response last) {
        ((POP3Response) last).setEndSession(true);
        return last;
    }

    static Response refused(MailException refusal) {
        return error(code(refusal.reason()) + refusal.text());
    }

    /** Ends in a space, or is empty where RFC 3206 has none that fits. */
    private static String code(Reason reason) {
        return switch (reason) {
            case IN_USE -> "[IN-USE] ";
            case UNAVAILABLE, NOT_YET -> "[SYS/TEMP] ";
            case NO_SUCH_MAILBOX,
                    NOT_PERMITTED,
                    MAILBOX_EXISTS,
                    BAD_NAME,
                    LIMIT,
                    OVER_QUOTA,
                    TOO_LARGE,
                    NO_SUCH_RECIPIENT,
                    RECIPIENT_DISABLED,
                    RELAY_DENIED,
                    SENDER_NOT_ALLOWED,
                    POLICY,
                    LOOP -> "[SYS/PERM] ";
            case EXPUNGED -> "";
        };
    }

    /** The line that ends a session from our side. */
    static String farewell(Farewell why) {
        return switch (why) {
            // RFC 1939 §3: the autologout timer closes without a response.
            case IDLE -> "";
            case STOPPING -> "-ERR [SYS/TEMP] Mailroom is going down\r\n";
            case ENDED -> "-ERR [SYS/TEMP] An administrator ended this session\r\n";
            case TOO_MANY -> "-ERR [SYS/TEMP] Too many connections\r\n";
            case TOO_MANY_FROM_ADDRESS -> "-ERR [SYS/TEMP] Too many connections from your address\r\n";
            case FAULT -> "-ERR [SYS/TEMP] Something broke here; try again later\r\n";
        };
    }
}
