package org.mailroom.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Slows whoever fails too often: some failures are free, then each doubles the time until the next try is looked at. What is
 * too early is turned away at once, so an attacker holds no thread here. Quiet for {@link #FORGOTTEN}, and all is forgiven.
 */
final class Brake {
    static final Duration FORGOTTEN = Duration.ofHours(1);

    private static final int MOST = 100_000;
    private static final Duration FIRST = Duration.ofSeconds(1);

    private final int free;
    private final Duration longest;
    private final InstantSource clock;
    private final Cache<String, Failures> failures;

    /** @param free failures without consequence */
    Brake(int free, Duration longest, InstantSource clock) {
        this.free = free;
        this.longest = longest;
        this.clock = clock;
        this.failures = Caffeine.newBuilder()
                .maximumSize(MOST)
                .ticker(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
                .expireAfterWrite(FORGOTTEN)
                .build();
    }

    private record Failures(int count, Instant last) {}

    /** How long the next try has to wait; zero where it need not. */
    Duration wait(String who) {
        var known = failures.getIfPresent(who);
        if (known == null) {
            return Duration.ZERO;
        }
        var left = Duration.between(clock.instant(), known.last.plus(delay(known.count)));
        return left.isNegative() ? Duration.ZERO : left;
    }

    void failed(String who) {
        failures.asMap()
                .compute(who, (name, known) -> new Failures(known == null ? 1 : known.count + 1, clock.instant()));
    }

    void forgive(String who) {
        failures.invalidate(who);
    }

    /**
     * Who is made to wait.
     *
     * @param left until his next try is looked at
     */
    record Slowed(String who, int failures, Instant last, Duration left) {}

    List<Slowed> slowed() {
        return failures.asMap().entrySet().stream()
                .filter(one -> one.getValue().count >= free)
                .map(one -> new Slowed(one.getKey(), one.getValue().count, one.getValue().last, wait(one.getKey())))
                .toList();
    }

    private Duration delay(int count) {
        if (count < free) {
            return Duration.ZERO;
        }
        // 2^20 seconds is more than any limit; more would overflow.
        var delay = FIRST.multipliedBy(1L << Math.min(count - free, 20));
        return delay.compareTo(longest) < 0 ? delay : longest;
    }
}
