package org.mailroom.admin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A server on our database.
 *
 * @param state {@code serving}, {@code draining} or {@code silent}: nothing was heard of it lately
 * @param own whether it is the one that answers
 * @param seen when it last said that it lives
 * @param sessions of clients
 * @param sending turns of work of its queue
 * @param leases recipients that it is sending to
 * @param leasedUntil when others may take over the first of them; null: it holds none
 * @param maildrops that its POP3 sessions have open
 */
public record NodeInfo(
        String name,
        String state,
        boolean own,
        Instant started,
        Instant seen,
        long sessions,
        long sending,
        long leases,
        @Nullable Instant leasedUntil,
        long maildrops) {}
