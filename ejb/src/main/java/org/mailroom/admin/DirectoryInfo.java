package org.mailroom.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A directory of others as people look at it; its password and certificates are not shown.
 *
 * @param trusts whether it brings certificates of its own to trust
 * @param mapping lines {@code what = attribute}
 * @param accounts how many live there
 * @param silent how many of them are gone or disabled there
 * @param last what became of the last comparison; null where there was none
 */
public record DirectoryInfo(
        String name,
        List<String> domains,
        List<String> servers,
        boolean startTls,
        boolean trusts,
        String bind,
        String base,
        String mapping,
        boolean adopts,
        int syncMinutes,
        int removalLimit,
        boolean enabled,
        long accounts,
        long silent,
        @Nullable DirectorySync last) {
    public DirectoryInfo {
        domains = List.copyOf(domains);
        servers = List.copyOf(servers);
    }
}
