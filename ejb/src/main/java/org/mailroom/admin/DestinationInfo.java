package org.mailroom.admin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with a domain to which we send; recipients are counted.
 *
 * @param oldest since when mail waits; null: none does
 * @param lastReply the youngest
 * @param pausedBy empty: it is not paused
 */
public record DestinationInfo(
        String domain,
        int waiting,
        int sending,
        int held,
        int poison,
        @Nullable Instant oldest,
        @Nullable Instant nextAttempt,
        String lastReply,
        String pausedBy,
        @Nullable Instant pausedAt) {}
