package org.mailroom.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.relay.Outcome;

/**
 * What this node knows of a domain to which it sends: how many speak to it, how many may, and whether it is down. The number
 * grows by one with each message that went through and falls to one when no host answers. Guarded by {@link Dispatch}.
 */
final class Destination {
    private static final int FIRST_WINDOW = 2;
    private static final int LARGEST_CLAIM = 10;
    /** So long a rule's change may take to be heeded. */
    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    final String domain;
    private final IntSupplier widest;
    private int mostNow;
    private long asked;
    private int window;
    private int failures;
    private boolean proven;
    private boolean backlog;
    private Instant pausedUntil = Instant.EPOCH;
    private @Nullable Outcome trouble;
    private String troubledHost = "";

    /** Those at work. */
    int active;

    /** @param widest how many may speak to it at most; asked again and again, because a rule may change it */
    Destination(String domain, IntSupplier widest) {
        this.domain = domain;
        this.widest = widest;
        this.window = FIRST_WINDOW;
    }

    private int widest() {
        long now = System.nanoTime();
        if (mostNow == 0 || now - asked > FRESH) {
            mostNow = widest.getAsInt();
            asked = now;
        }
        return mostNow;
    }

    synchronized void answered() {
        proven = true;
        failures = 0;
        trouble = null;
        window = Math.min(widest(), window + 1);
    }

    /** A host that answers and wants fewer of us. */
    synchronized void crowded() {
        window = Math.max(1, window / 2);
    }

    synchronized void silent(Outcome outcome, String host, RetrySchedule schedule, Instant now) {
        failures++;
        window = 1;
        trouble = outcome;
        troubledHost = host;
        pausedUntil = now.plus(RetrySchedule.shorter(LONGEST_PAUSE, schedule.steady(failures)));
    }

    /** An operator's wish to try at once. */
    synchronized void resume() {
        pausedUntil = Instant.EPOCH;
    }

    synchronized boolean isPaused(Instant now) {
        return trouble != null && now.isBefore(pausedUntil);
    }

    synchronized Instant pausedUntil() {
        return pausedUntil;
    }

    synchronized @Nullable Outcome trouble() {
        return trouble;
    }

    synchronized String troubledHost() {
        return troubledHost;
    }

    synchronized int window() {
        return Math.min(window, widest());
    }

    /** How many messages to claim at a time: one until we know that it answers. */
    synchronized int appetite() {
        return proven && failures == 0 ? Math.min(LARGEST_CLAIM, window()) : 1;
    }

    /** What a claim brought; as much as was wanted means that more waits. */
    synchronized void claimed(int recipients, int wanted) {
        backlog = recipients >= wanted;
    }

    /** A turn found nothing more, or could not look. */
    synchronized void exhausted() {
        backlog = false;
    }

    /** Whether there is work for as many as may speak to it, and not for one more only. */
    synchronized boolean hasBacklog() {
        return backlog;
    }

    /** The part of all places that destinations of this kind may take together, in quarters. */
    synchronized int share() {
        return failures > 0 ? 2 : proven ? 4 : 3;
    }

    /** Whether nothing is lost when it is forgotten. */
    synchronized boolean isForgettable(Instant now) {
        return now.isAfter(pausedUntil.plus(LONGEST_PAUSE));
    }
}
