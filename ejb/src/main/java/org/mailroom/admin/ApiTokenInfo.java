package org.mailroom.admin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token of the REST API, without its secret.
 *
 * @param owner the account in whose name it asks
 * @param role as which it asks, as far as the owner still may
 * @param domain the only one in which it does; empty: wherever the owner may
 * @param lastUsed to the minute; null: not yet
 * @param lastClient the IP address from which
 */
public record ApiTokenInfo(
        long id,
        String owner,
        String name,
        String role,
        String domain,
        boolean readOnly,
        Instant created,
        Instant expires,
        @Nullable Instant lastUsed,
        String lastClient) {}
