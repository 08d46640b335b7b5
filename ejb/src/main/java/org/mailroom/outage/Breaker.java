package org.mailroom.outage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Remembers that somebody does not answer, so that not everybody has to find out by waiting. After the pause one may try,
 * and the next only after another pause, until one of them succeeded.
 */
public final class Breaker {
    private final int most;
    private final Duration pause;
    private final InstantSource clock;
    private int failures;
    private Instant next = Instant.MIN;

    /** @param most failures in a row, of which the last opens it */
    public Breaker(int most, Duration pause, InstantSource clock) {
        this.most = most;
        this.pause = pause;
        this.clock = clock;
    }

    /** Whether to try; who is told so must tell how it went. */
    public synchronized boolean allows() {
        if (failures < most) {
            return true;
        }
        var now = clock.instant();
        if (now.isBefore(next)) {
            return false;
        }
        next = now.plus(pause);
        return true;
    }

    /** Whether this failure is the one that opened it. */
    public synchronized boolean failed() {
        boolean opens = failures == most - 1;
        failures = Math.min(most, failures + 1);
        if (opens) {
            next = clock.instant().plus(pause);
        }
        return opens;
    }

    /** Whether this success closed it again. */
    public synchronized boolean succeeded() {
        boolean closes = failures == most;
        failures = 0;
        return closes;
    }
}
