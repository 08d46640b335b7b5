package org.mailroom.admin;

import java.time.Instant;
import java.util.List;

/**
 * A message that waits to leave.
 *
 * @param sender the reverse path; empty: a report
 * @param recipients those that wait still
 */
public record QueueEntry(
        long id,
        String queueId,
        String sender,
        String subject,
        long size,
        Instant created,
        List<QueueRecipient> recipients) {
    public QueueEntry {
        recipients = List.copyOf(recipients);
    }
}
