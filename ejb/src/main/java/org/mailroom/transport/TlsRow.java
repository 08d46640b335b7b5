package org.mailroom.transport;

import java.time.LocalDate;

/**
 * Connections of one day that went alike.
 *
 * @param domain to which mail went
 * @param kind of what was published: {@code tlsa}, {@code sts} or {@code no-policy-found}
 * @param host empty where it did not come so far
 * @param trouble a result type of RFC 8460 §4.3; empty where all went well
 * @param reported whether the day was looked at for a report
 */
public record TlsRow(
        LocalDate day, String domain, String kind, String host, String trouble, long sessions, boolean reported) {}
