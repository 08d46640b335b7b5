package org.mailroom.admin;

import java.time.Instant;

/**
 * A message to a group that waits for one of its moderators.
 *
 * @param sender its reverse path
 * @param size in octets
 * @param expires when it is thrown away, where nobody has decided
 */
public record HeldMessage(
        long id,
        String queueId,
        String group,
        String sender,
        String subject,
        long size,
        Instant created,
        Instant expires) {}
