package org.mailroom.connector.pop3;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what another thread does, with a bound. */
final class Until {
    private Until() {}

    static void isTrue(BooleanSupplier condition, Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + longest);
            }
            Thread.onSpinWait();
            Thread.yield();
        }
    }
}
