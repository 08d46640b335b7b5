package org.mailroom.admin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a message that is looked for; what is empty does not matter.
 *
 * @param text a queue id, or a part of the subject, of the Message-ID or of what a refused client was told
 * @param sender an address, or a part of one
 * @param recipient an address, or a part of one
 */
public record TraceQuery(
        String text,
        String sender,
        String recipient,
        @Nullable Instant from,
        @Nullable Instant to) {}
