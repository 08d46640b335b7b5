package org.mailroom.admin;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A program that showed a token, and what it may.
 *
 * @param owner the account in whose name it asks
 * @param name of the token
 * @param domains to which it is kept; null: it asks as somebody who is kept to none
 */
public record ApiTokenUse(
        String owner,
        String name,
        String role,
        boolean readOnly,
        @Nullable Set<String> domains) {
    public ApiTokenUse {
        domains = domains == null ? null : Set.copyOf(domains);
    }
}
