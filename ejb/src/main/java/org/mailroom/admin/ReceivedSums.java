package org.mailroom.admin;

import java.util.List;

/**
 * What others report about our domains, in sum.
 *
 * @param read whether there is an address at which reports are read
 */
public record ReceivedSums(List<Sum> sums, boolean read) {
    public ReceivedSums {
        sums = List.copyOf(sums);
    }

    /**
     * @param kind {@code dmarc} or {@code tls}
     * @param domain of ours, or one below it
     * @param reports how many came
     * @param reporters from how many
     * @param passed messages whose author's domain was proved, or connections of which all was well
     * @param failed the others
     */
    public record Sum(String kind, String domain, long reports, long reporters, long passed, long failed) {}
}
