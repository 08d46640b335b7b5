package org.mailroom.system;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** Waits for a condition, with a bound. */
final class Eventually {
    private Eventually() {}

    static void eventually(String what, Duration bound, Callable<Boolean> condition) throws Exception {
        var end = Instant.now().plus(bound);
        while (!condition.call()) {
            if (Instant.now().isAfter(end)) {
                fail("not within " + bound + ": " + what);
            }
            Thread.sleep(20);
        }
    }
}
