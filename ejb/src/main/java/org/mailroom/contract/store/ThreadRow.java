package org.mailroom.contract.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What THREAD must know of a message (RFC 5256 §3).
 *
 * @param messageId without brackets, or null
 * @param references Message-IDs of the messages before it, the oldest first
 * @param baseSubject folded; empty where nothing is left of it
 * @param reply whether the subject was that of a reply or a forward
 * @param sent the Date field, or the internal date where it makes no sense
 */
public record ThreadRow(
        long uid,
        @Nullable String messageId,
        List<String> references,
        String baseSubject,
        boolean reply,
        Instant sent) {
    public ThreadRow {
        references = List.copyOf(references);
    }
}
