package org.mailroom.admin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with one recipient of a message that waits.
 *
 * @param state {@code waiting}, {@code sending}, {@code held} or {@code poison}
 * @param lastReply of a remote host, or our own words; empty before the first attempt
 */
public record QueueRecipient(
        String address,
        String state,
        int attempts,
        Instant nextAttempt,
        @Nullable Instant lastAttempt,
        String lastReply,
        String lastHost) {}
