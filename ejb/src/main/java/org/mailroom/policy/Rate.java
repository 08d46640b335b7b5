package org.mailroom.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * So many of something in a period, for each of many names. Of a name only the time is kept at which all that it has had would
 * be used up at an even pace (the generic cell rate algorithm, ITU-T I.371): a burst of the whole amount is let through, and then
 * as much as the period allows.
 */
final class Rate {
    private static final int MOST_NAMES = 200_000;

    private final long period;
    private final long each;
    private final InstantSource clock;
    private final Cache<String, AtomicLong> usedUp;

    /** @param most at least 1 */
    Rate(int most, Duration period, InstantSource clock) {
        this.period = period.toMillis() * 1000;
        this.each = Math.max(1, this.period / most);
        this.clock = clock;
        this.usedUp = Caffeine.newBuilder()
                .maximumSize(MOST_NAMES)
                .expireAfterAccess(period)
                .build();
    }

    /** One more for the name; returns 0, or where it has had enough, the seconds until it may have another. */
    long take(String name) {
        long now = clock.millis() * 1000;
        var time = usedUp.get(name, any -> new AtomicLong());
        while (true) {
            long before = time.get();
            long after = Math.max(before, now) + each;
            if (after - now > period) {
                return Math.max(1, (after - now - period) / 1_000_000);
            }
            if (time.compareAndSet(before, after)) {
                return 0;
            }
        }
    }
}
