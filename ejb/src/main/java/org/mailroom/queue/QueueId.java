package org.mailroom.queue;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names for messages that people read aloud: twelve characters without look-alikes, which sort by time. A millisecond is
 * given out once on a node; each start of a node draws its own 20 bits, so that nodes do not meet.
 */
public final class QueueId {
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final long EPOCH = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final int NODE_BITS = 20;
    private static final int LENGTH = 12;

    private static final long NODE = new SecureRandom().nextInt(1 << NODE_BITS);
    private static final AtomicLong LAST = new AtomicLong();

    private QueueId() {}

    public static String next() {
        // Under more than one a millisecond it runs ahead of the clock, and waits for it when there is less to do.
        long tick = LAST.updateAndGet(last -> Math.max(last + 1, System.currentTimeMillis() - EPOCH));
        return text(tick << NODE_BITS | NODE);
    }

    private static String text(long value) {
        var text = new char[LENGTH];
        for (int i = LENGTH - 1; i >= 0; i--) {
            text[i] = DIGITS.charAt((int) (value & 31));
            value >>>= 5;
        }
        return new String(text);
    }
}
