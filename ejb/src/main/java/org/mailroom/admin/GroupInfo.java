package org.mailroom.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A distribution list.
 *
 * @param whoMaySend anybody, members or accounts
 * @param owner who hears of members that cannot be reached; null: the domain's postmaster
 */
public record GroupInfo(
        String address,
        String displayName,
        String whoMaySend,
        @Nullable String owner,
        List<String> members) {
    public GroupInfo {
        members = List.copyOf(members);
    }
}
