package org.mailroom.admin;

import org.jspecify.annotations.Nullable;

/**
 * What POP3 leaves, shows and marks; null where the next wider policy says it: account, domain, configuration.
 *
 * @param of a domain or an address
 * @param expire {@code never}, {@code on-fetch}, {@code 14-days-after-fetch} or {@code 90-days}
 * @param show {@code all} or {@code unseen}
 * @param markSeen whether what POP3 fetched counts as read for IMAP too
 */
public record PopPolicyInfo(
        String of,
        @Nullable String expire,
        @Nullable String show,
        @Nullable Boolean markSeen) {}
