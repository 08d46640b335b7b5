package org.mailroom.maildrop;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long messages stay in an INBOX that POP3 reads.
 *
 * @param days 0 where the kind counts none
 */
public record Expire(Kind kind, int days) {
    static final Expire NEVER = new Expire(Kind.NEVER, 0);

    private static final int MOST_DAYS = 36_500;
    private static final Pattern DAYS = Pattern.compile("([1-9][0-9]{0,4})-days(-after-fetch)?");

    /** From when days count; the column holds the word in lower case. */
    public enum Kind {
        /** All is kept. */
        NEVER,
        /** Gone with the QUIT after it was sent to the client. */
        ON_FETCH,
        /** Days after it was first sent to a client. */
        AFTER_FETCH,
        /** Days after it came, whether anybody read it or not. */
        AFTER_ARRIVAL
    }

    /** {@code never}, {@code on-fetch}, {@code 14-days-after-fetch} or {@code 90-days}; empty for any other text. */
    public static Optional<Expire> parse(String text) {
        return switch (text) {
            case "never" -> Optional.of(NEVER);
            case "on-fetch" -> Optional.of(new Expire(Kind.ON_FETCH, 0));
            default -> {
                var match = DAYS.matcher(text);
                if (!match.matches() || Integer.parseInt(match.group(1)) > MOST_DAYS) {
                    yield Optional.empty();
                }
                var kind = match.group(2) == null ? Kind.AFTER_ARRIVAL : Kind.AFTER_FETCH;
                yield Optional.of(new Expire(kind, Integer.parseInt(match.group(1))));
            }
        };
    }

    /** RFC 2449 §6.7: days that the server keeps a message at least; null for ever, 0 where none may be left. */
    @Nullable
    Integer announced() {
        return kind == Kind.NEVER ? null : Integer.valueOf(days);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return switch (kind) {
            case NEVER -> "never";
            case ON_FETCH -> "on-fetch";
            case AFTER_FETCH -> days + "-days-after-fetch";
            case AFTER_ARRIVAL -> days + "-days";
        };
    }
}
