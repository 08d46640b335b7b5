package org.mailroom.admin;

import java.time.Instant;
import java.util.List;

/**
 * What became of comparing a directory with our accounts.
 *
 * @param outcome {@code done}, {@code stopped} by the limit on removals, or {@code failed}
 */
public record DirectorySync(
        Instant began,
        Instant ended,
        boolean dryRun,
        String outcome,
        int appeared,
        int changed,
        int removed,
        List<String> report) {
    public DirectorySync {
        report = List.copyOf(report);
    }
}
