package org.mailroom.admin;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account as people look at it.
 *
 * @param octets in its mailboxes
 * @param quotaOctets null: no limit
 * @param messages in its mailboxes
 * @param quotaMessages null: no limit
 * @param expires when it is disabled; null: never
 * @param removal when its mail goes, because it was removed; null: it was not
 */
public record AccountInfo(
        String address,
        String displayName,
        boolean enabled,
        long octets,
        @Nullable Long quotaOctets,
        long messages,
        @Nullable Long quotaMessages,
        List<String> aliases,
        List<String> roles,
        Instant created,
        @Nullable Instant expires,
        @Nullable Instant removal) {
    public AccountInfo {
        aliases = List.copyOf(aliases);
        roles = List.copyOf(roles);
    }
}
