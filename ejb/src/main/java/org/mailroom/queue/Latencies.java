package org.mailroom.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalLong;

/** How long mail that this node sent took from its acceptance here to the next host; of the last ones only. */
@ApplicationScoped
public class Latencies {
    private static final int KEPT = 1000;
    private static final Duration RECENT = Duration.ofHours(1);

    /** Each with the time when it was sent, in ms. */
    private final long[] took = new long[KEPT];

    private final long[] sent = new long[KEPT];
    private long count;

    /** @param relayed how many recipients */
    synchronized void add(Instant accepted, long relayed) {
        if (relayed > 0) {
            long now = System.currentTimeMillis();
            int at = (int) (count++ % KEPT);
            took[at] = Math.max(0, now - accepted.toEpochMilli());
            sent[at] = now;
        }
    }

    /** The median of the last hour, in ms; none where nothing was sent. */
    public synchronized OptionalLong median() {
        long since = System.currentTimeMillis() - RECENT.toMillis();
        var recent = new long[KEPT];
        int found = 0;
        for (int i = 0; i < Math.min(count, KEPT); i++) {
            if (sent[i] >= since) {
                recent[found++] = took[i];
            }
        }
        Arrays.sort(recent, 0, found);
        return found == 0 ? OptionalLong.empty() : OptionalLong.of(recent[found / 2]);
    }
}
