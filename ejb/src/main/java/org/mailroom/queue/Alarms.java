package org.mailroom.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Domains that this node put off for less than it takes the next round to come, so that a short wait is as short as it was
 * meant. What waits longer, or is known to another node only, the round finds.
 */
final class Alarms {
    /** Between two rounds. */
    static final Duration ROUND = Duration.ofSeconds(10);

    private final Map<String, Instant> due = new HashMap<>();

    /** The domain has something due then; of two times the earlier counts. */
    synchronized void set(String domain, Instant at, Instant now) {
        if (at.isBefore(now.plus(ROUND))) {
            due.merge(domain, at, (one, other) -> one.isBefore(other) ? one : other);
        }
    }

    /** Domains whose time has come; each is told once. */
    synchronized List<String> ring(Instant now) {
        var ringing = new ArrayList<String>();
        due.forEach((domain, at) -> {
            if (!at.isAfter(now)) {
                ringing.add(domain);
            }
        });
        ringing.forEach(due::remove);
        return ringing;
    }
}
