package org.mailroom.admin;

/**
 * What somebody reports of messages, or of connections, that went alike.
 *
 * @param kind {@code dmarc} or {@code tls}
 * @param domain of ours on which he reports, or one below it
 * @param reporter as he calls himself
 * @param day such as {@code 2026-03-01}, in universal time; empty where the report does not say
 * @param source IP address from which they came; with TLS often empty
 * @param name DMARC: the domain of From; TLS: our host, or the domain
 * @param count messages, or connections
 * @param passed DMARC: whether DKIM or SPF proved the domain; TLS: whether all went well
 * @param result DMARC: what was done with them, {@code none}, {@code quarantine} or {@code reject}; TLS: a result type of RFC 8460
 *     §4.3, empty where all went well
 * @param dkim whether DKIM proved the domain, {@code pass} or {@code fail}; empty for TLS
 * @param spf likewise
 * @param detail what else he says
 */
public record ReceivedLine(
        String kind,
        String domain,
        String reporter,
        String day,
        String source,
        String name,
        long count,
        boolean passed,
        String result,
        String dkim,
        String spf,
        String detail) {}
