package org.mailroom.admin;

import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The password of one program, without its secret.
 *
 * @param services some of {@code smtp}, {@code imap} and {@code pop3}
 * @param expires null: never
 * @param lastUsed to the minute; null: not yet
 * @param lastClient the IP address from which
 */
public record ApplicationPasswordInfo(
        long id,
        String name,
        Set<String> services,
        Instant created,
        @Nullable Instant expires,
        @Nullable Instant lastUsed,
        String lastClient) {
    public ApplicationPasswordInfo {
        services = new TreeSet<>(services);
    }
}
