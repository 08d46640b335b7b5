package org.mailroom.admin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a message that is looked for; what is empty does not matter.
 *
 * @param text a queue id, or a part of the subject, of the Message-ID or of what a refused client was told
 * @param sender an address, or a part of one
 * @param recipient an address, or a part of one
 * @param client a part of the address of who handed it in
 * @param session the id of a session
 * @param status what it came to, as {@link TraceSummary#status}
 */
public record TraceQuery(
        String text,
        String sender,
        String recipient,
        String client,
        String session,
        String status,
        @Nullable Instant from,
        @Nullable Instant to) {}
