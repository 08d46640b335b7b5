package org.mailroom.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mailbox that belongs to nobody in particular: mail to its address lands in it, and members see it.
 *
 * @param octets what it holds; not read when it is put
 * @param quotaOctets null: no limit
 */
public record SharedMailboxInfo(
        String address,
        String displayName,
        long octets,
        @Nullable Long quotaOctets,
        long messages,
        List<SharedMailboxMember> members) {
    public SharedMailboxInfo {
        members = List.copyOf(members);
    }
}
