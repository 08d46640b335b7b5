package org.mailroom.queue;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;

/**
 * What the sender asked of the queue with MAIL, as numbers. The wire has judged the syntax; what it let through and makes no
 * sense here asks for nothing.
 *
 * @param priority RFC 6710: -9 to 9
 * @param hold RFC 4865: how long it must not leave
 * @param by RFC 2852: by when it should have arrived; null: he does not mind
 * @param returns whether it is given up then, and not only reported as late
 */
public record Wishes(
        int priority,
        Duration hold,
        @org.jspecify.annotations.Nullable Duration by,
        boolean returns) {
    /** A parameter of queued mail that no client can set: its header says {@code TLS-Required: No} (RFC 8689 §3). */
    public static final String TLS_OPTIONAL = "MAILROOM-TLS-OPTIONAL";

    /** RFC 8689 §2. */
    public static final String REQUIRETLS = "REQUIRETLS";

    /** RFC 4865 §4 lets a server have a bound: a year, as submission servers have it. */
    private static final long LONGEST_HOLD = Duration.ofDays(366).toSeconds();

    private static final long LONGEST_BY = 999_999_999;

    /** @param parameters of MAIL, keywords in upper case */
    static Wishes of(Map<String, String> parameters) {
        if (parameters.isEmpty()) {
            return new Wishes(0, Duration.ZERO, null, false);
        }
        var by = parameters.getOrDefault("BY", "").toUpperCase(Locale.ROOT).split(";", 2);
        long seconds = number(by[0], Long.MIN_VALUE);
        return new Wishes(
                (int) Math.clamp(number(parameters.getOrDefault("MT-PRIORITY", ""), 0), -9, 9),
                hold(parameters, Instant.now()),
                seconds == Long.MIN_VALUE ? null : Duration.ofSeconds(Math.clamp(seconds, -LONGEST_BY, LONGEST_BY)),
                by.length > 1 && by[1].startsWith("R"));
    }

    /** Whether the message must wait for its time (RFC 4865), wherever it goes. */
    public static boolean areDatedAhead(Map<String, String> parameters) {
        return of(parameters).hold.isPositive();
    }

    private static Duration hold(Map<String, String> parameters, Instant now) {
        var until = parameters.get("HOLDUNTIL");
        long seconds = until == null
                ? number(parameters.getOrDefault("HOLDFOR", ""), 0)
                : Duration.between(now, time(until, now)).toSeconds();
        return Duration.ofSeconds(Math.clamp(seconds, 0, LONGEST_HOLD));
    }

    private static Instant time(String text, Instant now) {
        try {
            return OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant();
        } catch (DateTimeException e) {
            return now;
        }
    }

    private static long number(String text, long otherwise) {
        return text.matches("[+-]?\\d{1,12}") ? Long.parseLong(text) : otherwise;
    }

    /** Whether the sender's own time ends by then, so that it is what a recipient's time ended with. */
    boolean endsAt(Instant created, Instant expires) {
        return returns && by != null && !created.plus(by).isAfter(expires.plusSeconds(1));
    }
}
