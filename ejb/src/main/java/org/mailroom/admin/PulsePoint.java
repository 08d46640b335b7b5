package org.mailroom.admin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How things stood at a minute.
 *
 * @param queued messages
 * @param sessions of this node
 * @param octets of mail
 * @param latency from acceptance to the next host, the median of an hour in ms; null where nothing was sent
 */
public record PulsePoint(
        Instant at,
        long queued,
        long sessions,
        long octets,
        @Nullable Long latency) {}
