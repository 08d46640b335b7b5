package org.mailroom.connector.pop3;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.mailroom.contract.Actor;
import org.mailroom.contract.maildrop.Maildrops;

/**
 * Holds the lock of a maildrop, which is a lease, for as long as the session lives: clients may be silent for longer than the
 * lease runs, and a message may take longer to send. A virtual thread that is parked costs next to nothing.
 */
final class LockKeeper implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LockKeeper.class.getName());

    /** The house wants to hear of us every minute at least. */
    private static final Duration PAUSE = Duration.ofSeconds(20);

    private final Maildrops maildrops;
    private final Actor actor;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;

    private LockKeeper(Maildrops maildrops, Actor actor) {
        this.maildrops = maildrops;
        this.actor = actor;
        this.thread = Thread.ofVirtual().name("pop3-lock-" + actor.session()).start(this::renew);
    }

    /** For a maildrop that was just opened. */
    static LockKeeper of(Maildrops maildrops, Actor actor) {
        return new LockKeeper(maildrops, actor);
    }

    private void renew() {
        try {
            while (!over.await(PAUSE.toSeconds(), TimeUnit.SECONDS)) {
                renewOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void renewOnce() {
        try {
            maildrops.renew(actor);
        } catch (RuntimeException e) {
            // The lease outlives some missed turns.
            LOG.log(System.Logger.Level.WARNING, "session=" + actor.session() + " status=lock-not-renewed", e);
        }
    }

    /**
     * Ends the renewing before the lock, so that the one cannot bring back the other. Without an interrupt, which would
     * close a database connection under a call that is under way.
     */
    @Override
    public void close() {
        over.countDown();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            maildrops.close(actor);
        } catch (RuntimeException e) {
            // Nobody renews the lease any more, so it runs out; what the session did stands all the same.
            LOG.log(System.Logger.Level.WARNING, "session=" + actor.session() + " status=lock-not-returned", e);
        }
    }
}
