package org.mailroom.admin;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A domain whose mail we take.
 *
 * @param relayed whether its mail is passed on, and not kept
 * @param accounts how many live there
 * @param otherNames its alias domains
 * @param catchAll who gets what is for nobody; null: it is refused
 */
public record DomainInfo(
        String name,
        boolean relayed,
        long accounts,
        List<String> otherNames,
        @Nullable String catchAll,
        Instant created) {
    public DomainInfo {
        otherNames = List.copyOf(otherNames);
    }
}
