package org.mailroom.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Slows whoever fails too often: some failures are free, then each doubles the time until the next try is looked at. What is
 * too early is turned away at once, so an attacker holds no thread here. Quiet for {@link #FORGOTTEN}, and all is forgiven.
 *
 * <p>Tries at a time gain nothing: of one name, no more are looked at together than may fail without consequence, and one alone
 * after that. The others wait for what becomes of those, for no longer than {@link #PATIENCE}.
 */
final class Brake {
    static final Duration FORGOTTEN = Duration.ofHours(1);
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int MOST = 100_000;
    private static final Duration FIRST = Duration.ofSeconds(1);

    private final int free;
    private final Duration longest;
    private final InstantSource clock;
    private final Cache<String, Failures> failures;

    /** By name, for as long as somebody tries. */
    private final Cache<String, Tries> tries =
            Caffeine.newBuilder().weakValues().build();

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

    /**
     * What comes of the wish to try.
     *
     * @param left how long it has to wait; zero: it is looked at, until this is closed
     */
    record Turn(Duration left, @Nullable Tries taken) implements AutoCloseable {
        private static final Turn FREE = new Turn(Duration.ZERO, null);

        /** One that nobody counts. */
        static Turn free() {
            return FREE;
        }

        @Override
        public void close() {
            if (taken != null) {
                taken.end();
            }
        }
    }

    /** The tries of one name that are looked at. */
    final class Tries {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition ended = lock.newCondition();
        private int pending;

        private Turn begin(String who) throws InterruptedException, Passwords.Busy {
            lock.lockInterruptibly();
            try {
                long patience = PATIENCE.toNanos();
                while (true) {
                    var left = Brake.this.wait(who);
                    if (!left.isZero()) {
                        return new Turn(left, null);
                    }
                    if (pending == 0 || pending < free - count(who)) {
                        pending++;
                        return new Turn(left, this);
                    }
                    if (patience <= 0) {
                        throw new Passwords.Busy();
                    }
                    patience = ended.awaitNanos(patience);
                }
            } finally {
                lock.unlock();
            }
        }

        private void end() {
            lock.lock();
            try {
                pending--;
                ended.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Takes a turn, which the caller closes when he has said what became of it: {@link #failed}, {@link #forgive}, or neither. */
    Turn begin(String who) throws Passwords.Busy {
        try {
            return tries.get(who, _ -> new Tries()).begin(who);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Passwords.Busy();
        }
    }

    private int count(String who) {
        var known = failures.getIfPresent(who);
        return known == null ? 0 : known.count;
    }

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
