package org.mailroom.admin;

import org.jspecify.annotations.Nullable;

/**
 * What is done with mail to a domain of ours that does not come from whom it says: {@code off}, {@code report}, {@code junk} or
 * {@code refuse}; null where the configuration says it.
 *
 * @param domain empty: the configuration itself
 * @param spf where the host may not send for the sender's domain
 * @param dmarc where nothing proves the author's domain, and at most what that domain wishes
 */
public record AuthenticityInfo(
        String domain, @Nullable String spf, @Nullable String dmarc) {}
