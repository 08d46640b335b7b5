package org.mailroom.admin;

import java.time.Instant;
import java.util.List;

/**
 * A message that is kept and not delivered.
 *
 * @param rule which policy decided
 * @param detail what it found
 * @param moderated the group whose moderators are to decide; empty: an administrator is
 * @param start its first lines, of one message only; otherwise empty
 */
public record QuarantineEntry(
        long id,
        String queueId,
        String sender,
        List<String> recipients,
        String client,
        String subject,
        long size,
        String rule,
        String detail,
        String moderated,
        Instant created,
        Instant expires,
        String start) {
    public QuarantineEntry {
        recipients = List.copyOf(recipients);
    }
}
