package org.mailroom.admin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with one recipient of a message that waits.
 *
 * @param state {@code waiting}, {@code sending}, {@code held} or {@code poison}
 * @param expires when the sender is told that it failed
 * @param priority -9 to 9; the higher leaves first
 * @param route hosts that an operator chose; empty: none
 * @param heldBy in state {@code held} who holds it; empty: its route, until somebody asks
 * @param lastReply of a remote host, or our own words; empty before the first attempt
 */
public record QueueRecipient(
        String address,
        String state,
        int attempts,
        Instant nextAttempt,
        Instant expires,
        int priority,
        String route,
        String heldBy,
        @Nullable Instant heldAt,
        @Nullable Instant lastAttempt,
        String lastReply,
        String lastHost) {}
