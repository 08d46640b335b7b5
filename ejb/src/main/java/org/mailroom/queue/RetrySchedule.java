package org.mailroom.queue;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to try again: each wait is twice the one before, up to the longest, a fifth more or less by chance, so that what
 * failed together does not come back together.
 *
 * @param expire after which the sender is told that it failed
 */
public record RetrySchedule(Duration first, Duration longest, Duration expire) {
    static final RetrySchedule STANDARD =
            new RetrySchedule(Duration.ofMinutes(5), Duration.ofHours(4), Duration.ofDays(5));

    private static final double JITTER = 0.2;

    /** How long to wait after so many vain attempts, the last one included. */
    public Duration after(int attempts, RandomGenerator chance) {
        return jittered(steady(attempts), chance);
    }

    /** The same without chance. */
    Duration steady(int attempts) {
        int doublings = Math.clamp(attempts - 1L, 0, 30);
        return shorter(longest, first.multipliedBy(1L << doublings));
    }

    private static Duration jittered(Duration wait, RandomGenerator chance) {
        double factor = 1 - JITTER + 2 * JITTER * chance.nextDouble();
        return Duration.ofMillis(Math.max(1, Math.round(wait.toMillis() * factor)));
    }

    static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
