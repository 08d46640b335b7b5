package org.mailroom.admin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a message; empty where there is nothing to say; the session is the one in which it happened.
 *
 * @param queueId empty where it was refused before it had one
 * @param at null where only its place among the others is known
 */
public record TraceEvent(
        String queueId,
        @Nullable Instant at,
        String step,
        String sender,
        String recipient,
        String client,
        String rule,
        String reply,
        String detail,
        String session) {}
