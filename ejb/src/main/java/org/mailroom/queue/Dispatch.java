package org.mailroom.queue;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Who works for which destination. Places are bounded for each destination and in all; those that are known not to answer
 * share half of the places at most, and those of which nothing is known three quarters, so that any number of dead hosts
 * leaves room for the living.
 */
final class Dispatch {
    private final Executor executor;
    private final int places;
    private final ToIntFunction<String> perDestination;
    private final Predicate<Destination> work;

    private final Map<String, Destination> destinations = new HashMap<>();
    private final Set<Destination> waiting = new LinkedHashSet<>();
    private int active;
    private int doubtful;
    private int silent;
    private boolean stopped;
    private boolean resting;

    /**
     * @param perDestination how many may work for a domain
     * @param work does one turn for a destination, and says whether there may be more to do
     */
    Dispatch(Executor executor, int places, ToIntFunction<String> perDestination, Predicate<Destination> work) {
        this.executor = executor;
        this.places = places;
        this.perDestination = perDestination;
        this.work = work;
    }

    /** There is something to do for a domain. */
    void wake(String domain, boolean now) {
        synchronized (this) {
            if (stopped) {
                return;
            }
            var destination = destinations.computeIfAbsent(
                    domain, name -> new Destination(name, () -> perDestination.applyAsInt(name)));
            if (now) {
                destination.resume();
            }
            waiting.add(destination);
        }
        start();
    }

    /** Fills free places from those that wait, in their order. */
    private void start() {
        while (true) {
            Turn turn;
            synchronized (this) {
                turn = next();
            }
            if (turn == null) {
                return;
            }
            try {
                executor.execute(turn);
            } catch (RejectedExecutionException e) {
                turn.end(false); // stopping
                return;
            }
        }
    }

    private @Nullable Turn next() {
        for (var destination : waiting) {
            int share = destination.share();
            if (!stopped && !resting && destination.active < destination.window() && hasPlace(share)) {
                waiting.remove(destination);
                if (destination.hasBacklog()) {
                    waiting.add(destination); // for one more, behind the others
                }
                destination.active++;
                count(share, 1);
                return new Turn(destination, share);
            }
        }
        return null;
    }

    private boolean hasPlace(int share) {
        return active < places
                && (share == 4 || doubtful < Math.max(1, places * 3 / 4))
                && (share > 2 || silent < Math.max(1, places / 2));
    }

    private void count(int share, int difference) {
        active += difference;
        doubtful += share < 4 ? difference : 0;
        silent += share < 3 ? difference : 0;
    }

    /** One turn of work for a destination. */
    private final class Turn implements Runnable {
        private final Destination destination;
        private final int share;

        Turn(Destination destination, int share) {
            this.destination = destination;
            this.share = share;
        }

        /** Goes on with the next turn by itself: to hand one to a thread costs the container as much as sending a message. */
        @Override
        public void run() {
            try {
                for (Turn turn = this; turn != null; turn = following()) {
                    turn.work();
                }
            } finally {
                start();
            }
        }

        private @Nullable Turn following() {
            Turn turn;
            synchronized (Dispatch.this) {
                turn = next();
            }
            if (turn != null) {
                start();
            }
            return turn;
        }

        private void work() {
            boolean more = false;
            try {
                more = work.test(destination);
            } finally {
                end(more);
            }
        }

        void end(boolean more) {
            synchronized (Dispatch.this) {
                destination.active--;
                count(share, -1);
                if (more && !stopped) {
                    // At the end of the line: others may have waited longer.
                    waiting.add(destination);
                } else {
                    destination.exhausted();
                }
            }
        }
    }

    /** Forgets destinations for which there is nothing to do. */
    synchronized void forgetIdle(Instant now) {
        destinations
                .values()
                .removeIf(destination ->
                        destination.active == 0 && !waiting.contains(destination) && destination.isForgettable(now));
    }

    synchronized int active() {
        return active;
    }

    /** Begins nothing new, or goes on. */
    void rest(boolean now) {
        synchronized (this) {
            resting = now;
        }
        start();
    }

    /** Nobody starts any more; those at work come to their end. */
    synchronized void stop() {
        stopped = true;
        waiting.clear();
    }
}
