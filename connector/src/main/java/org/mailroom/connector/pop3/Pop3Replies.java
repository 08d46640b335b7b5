package org.mailroom.connector.pop3;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.mailroom.connector.net.Farewell;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;

/** Makes replies, and is the one place that turns a reason into a response code (RFC 2449 §8, RFC 3206). */
final class Pop3Replies {
    static final Reply FAULT = Reply.error("[SYS/TEMP] ", Text.FAULT.of());
    static final Reply UNKNOWN_COMMAND = error(Text.UNKNOWN_COMMAND);
    static final Reply DENIED = Reply.error("[AUTH] ", Text.DENIED.of());
    static final Reply IN_THE_CLEAR = error(Text.IN_THE_CLEAR);

    private Pop3Replies() {}

    static Reply ok(Text text, Object... values) {
        return Reply.ok(text.of(values));
    }

    static Reply error(Text text, Object... values) {
        return Reply.error("", text.of(values));
    }

    /** A reply of many lines; the line with the dot is added. */
    static Reply lines(Words words, InputStream lines) {
        return Reply.ok(words).lines(lines);
    }

    /** The same with lines that are at hand. */
    static Reply lines(Words words, List<String> lines) {
        var text = lines.isEmpty() ? "" : String.join("\r\n", lines) + "\r\n";
        return lines(words, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The same reply, after which we close. */
    static Reply ended(Reply last) {
        return last.then(Reply.After.END);
    }

    static Reply refused(MailException refusal) {
        var german = translated(refusal.reason()).of().german();
        return Reply.error(code(refusal.reason()), new Words(refusal.text(), german));
    }

    /** The directory cannot say now. RFC 3206 §4: not the client's fault, so it shall not ask its user for another password. */
    static Reply unavailable(String text) {
        return Reply.error("[SYS/TEMP] ", new Words(text, Text.LATER.of().german()));
    }

    /** RFC 6856 §5. */
    static Reply needsUtf8(int number) {
        return Reply.error("[UTF8] ", Text.NEEDS_UTF8.of(number));
    }

    /** What the house says it says in English. */
    private static Text translated(Reason reason) {
        return switch (reason) {
            case IN_USE -> Text.IN_USE;
            case NOT_YET -> Text.LOGIN_DELAY;
            case UNAVAILABLE -> Text.LATER;
            case EXPUNGED -> Text.NO_SUCH_MESSAGE;
            default -> Text.REFUSED;
        };
    }

    /** Ends in a space, or is empty where RFC 3206 has none that fits. */
    private static String code(Reason reason) {
        return switch (reason) {
            case IN_USE -> "[IN-USE] ";
            case UNAVAILABLE -> "[SYS/TEMP] ";
            // Nothing but the time between two logins puts a POP3 client off.
            case NOT_YET -> "[LOGIN-DELAY] ";
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
                    SPF_FAILED,
                    DMARC_FAILED,
                    OTHER_MECHANISM,
                    LOOP -> "[SYS/PERM] ";
            case EXPUNGED -> "";
        };
    }

    /** The line that ends a session from our side. */
    static String farewell(Farewell why) {
        return switch (why) {
            // RFC 1939 §3: the autologout timer closes without a response.
            case IDLE, TOO_SLOW -> "";
            case STOPPING -> "-ERR [SYS/TEMP] Mailroom is going down\r\n";
            case ENDED -> "-ERR [SYS/TEMP] An administrator ended this session\r\n";
            case TOO_MANY -> "-ERR [SYS/TEMP] Too many connections\r\n";
            case TOO_MANY_FROM_ADDRESS -> "-ERR [SYS/TEMP] Too many connections from your address\r\n";
            case FAULT -> "-ERR [SYS/TEMP] Something broke here; try again later\r\n";
        };
    }
}
