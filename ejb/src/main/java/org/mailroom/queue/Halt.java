package org.mailroom.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.mailroom.contract.relay.Outcome;

/**
 * Why nothing leaves for a domain.
 *
 * @param outcome what is noted for each recipient
 * @param host that was asked in vain; empty: nobody was asked
 * @param until when to look again
 */
record Halt(Outcome outcome, String host, Instant until) {
    private static final Duration LOOK = Duration.ofMinutes(15);

    /** An operator paused it. */
    static Halt paused(Instant now) {
        return new Halt(waiting("An administrator paused deliveries to this domain"), "", now.plus(LOOK));
    }

    /** Its route holds mail. */
    static Halt held() {
        return new Halt(waiting("The route of this domain holds mail until somebody asks for it"), "", Instant.EPOCH);
    }

    /** Its hosts were asked in vain a moment ago. */
    static Optional<Halt> silent(Destination destination, Instant now) {
        var trouble = destination.trouble();
        return trouble == null || !destination.isPaused(now)
                ? Optional.empty()
                : Optional.of(new Halt(trouble, destination.troubledHost(), destination.pausedUntil()));
    }

    private static Outcome waiting(String why) {
        return new Outcome(Outcome.Kind.DEFERRED, 0, "4.3.2", why);
    }
}
