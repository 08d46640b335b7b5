package org.mailroom.connector.relay;

import java.util.List;
import java.util.regex.Pattern;
import org.mailroom.contract.relay.Outcome;

/**
 * One reply of a remote (RFC 5321 §4.2).
 *
 * @param lines their texts, without code and line end, as they came
 */
record Reply(int code, List<String> lines) {
    /** RFC 5321 §4.2.3: the service closes the channel after this, whatever was asked. */
    static final int CLOSING = 421;

    static final int START_INPUT = 354;

    /** RFC 4954 §4: a question of AUTH. */
    static final int CONTINUE = 334;

    /** RFC 2034 §4: the enhanced code stands first in the text. */
    private static final Pattern ENHANCED = Pattern.compile("([245]\\.\\d{1,3}\\.\\d{1,3})(?: (.*)|)", Pattern.DOTALL);

    Reply {
        lines = List.copyOf(lines);
    }

    boolean isPositive() {
        return code / 100 == 2;
    }

    boolean isRefusal() {
        return code / 100 == 4 || code / 100 == 5;
    }

    /** The enhanced code that the remote sent, or the undefined one of the reply's class (RFC 3463 §3.1). */
    String status() {
        var match = ENHANCED.matcher(lines.getFirst());
        // One of another class contradicts the reply, which counts.
        return match.matches() && match.group(1).charAt(0) - '0' == code / 100 ? match.group(1) : code / 100 + ".0.0";
    }

    /** All of it in one line; an enhanced code that every line repeats stands once. */
    String text() {
        var text = new StringBuilder().append(code).append(' ').append(lines.getFirst());
        for (var line : lines.subList(1, lines.size())) {
            var match = ENHANCED.matcher(line);
            text.append(' ')
                    .append(match.matches() ? line.substring(match.end(1)).strip() : line);
        }
        return SafeText.of(text.toString().strip());
    }

    /** What this reply means for a recipient: only 2xx, 4xx and 5xx mean anything. */
    Outcome outcome() {
        return switch (code / 100) {
            case 2 -> new Outcome(Outcome.Kind.DELIVERED, code, status(), text());
            case 5 -> new Outcome(Outcome.Kind.FAILED, code, status(), text());
            case 4 -> new Outcome(Outcome.Kind.DEFERRED, code, status(), text());
            // RFC 3463 §3.6: X.5.0 is trouble with the protocol.
            default -> new Outcome(Outcome.Kind.DEFERRED, code, "4.5.0", "Unexpected reply: " + text());
        };
    }
}
