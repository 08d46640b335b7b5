package org.mailroom.acme;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far orders are.
 *
 * @param ordering whether a node is at it
 * @param ordered when the last order began
 * @param trouble why it failed; empty where it did not
 * @param next when there will be another one, by itself
 * @param until when the certificate ends that was given last
 * @param steps of the last order
 */
public record AcmeProgress(
        boolean ordering,
        @Nullable Instant ordered,
        String trouble,
        @Nullable Instant next,
        @Nullable Instant until,
        List<AcmeStep> steps) {
    public AcmeProgress {
        steps = List.copyOf(steps);
    }
}
