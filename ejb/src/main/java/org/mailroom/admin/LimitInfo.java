package org.mailroom.admin;

import org.jspecify.annotations.Nullable;

/**
 * What an account, the accounts of a domain together, or those of a tenant together may use; null: no limit.
 *
 * @param of an address, a domain or the name of a tenant
 * @param octets stored
 * @param messages stored
 * @param messageOctets of one message, sent or received
 * @param recipients an hour, of mail that is sent
 * @param usedOctets of a wish: ignored, as what follows
 * @param percent how full the store is
 */
public record LimitInfo(
        String of,
        @Nullable Long octets,
        @Nullable Long messages,
        @Nullable Long messageOctets,
        @Nullable Integer recipients,
        long usedOctets,
        long usedMessages,
        int percent) {
    /** What shall be so from now on. */
    public static LimitInfo wish(
            String of,
            @Nullable Long octets,
            @Nullable Long messages,
            @Nullable Long messageOctets,
            @Nullable Integer recipients) {
        return new LimitInfo(of, octets, messages, messageOctets, recipients, 0, 0, 0);
    }
}
