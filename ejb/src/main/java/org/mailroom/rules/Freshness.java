package org.mailroom.rules;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** When what is kept in memory must be read again: after a change on this node, and now and then for those on others. */
final class Freshness {
    private static final System.Logger LOG = System.getLogger(Freshness.class.getName());

    /** How long a change that was made on another node may go unnoticed. */
    private static final Duration AGE = Duration.ofSeconds(10);

    private final AtomicLong next = new AtomicLong(System.nanoTime());

    void expire() {
        next.set(System.nanoTime());
    }

    /** Reads if it is time. One reads, the others go on with what there was; so does everybody where it fails. */
    void refresh(Runnable read) {
        long due = next.get();
        if (System.nanoTime() - due >= 0 && next.compareAndSet(due, System.nanoTime() + AGE.toNanos())) {
            try {
                read.run();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "rules status=as-before", e);
            }
        }
    }
}
