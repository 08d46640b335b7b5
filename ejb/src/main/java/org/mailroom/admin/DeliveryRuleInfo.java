package org.mailroom.admin;

/**
 * How mail for a domain is sent; what is empty, a wider rule or the settings decide.
 *
 * @param domain {@code example.org}, {@code *.example.org} or {@code *}
 * @param firstRetry a time such as {@code PT5M}, as the other three
 * @param notice after which senders are told of a delay; {@code PT0S}: never
 * @param concurrency connections of a node
 * @param perMinute messages of all nodes
 * @param tls {@code none}, {@code may}, {@code require} or {@code verify}
 */
public record DeliveryRuleInfo(
        String domain,
        String firstRetry,
        String longestRetry,
        String expire,
        String notice,
        String concurrency,
        String perMinute,
        String tls) {}
