package org.mailroom.ldap;

import java.time.Instant;
import java.util.List;

/**
 * What became of comparing a directory with our accounts.
 *
 * @param outcome {@code done}, {@code stopped} by the limit on removals, or {@code failed}; nothing was changed by the latter two
 * @param appeared accounts that were made or adopted
 * @param changed accounts and groups that were not as the directory says
 * @param removed accounts that were disabled because nobody is there any more
 * @param report a line each, the first hundreds
 */
public record SyncRun(
        Instant began,
        Instant ended,
        boolean dryRun,
        String outcome,
        int appeared,
        int changed,
        int removed,
        List<String> report) {
    public SyncRun {
        report = List.copyOf(report);
    }
}
