package org.mailroom.admin;

/**
 * Connections of one day to one host that went alike.
 *
 * @param day such as {@code 2026-03-01}, in universal time
 * @param domain to which mail went
 * @param policy what the domain publishes: {@code tlsa}, {@code sts} or {@code no-policy-found}
 * @param host empty where it did not come so far
 * @param trouble a result type of RFC 8460 §4.3; empty where all went well
 */
public record TlsCountInfo(
        String day, String domain, String policy, String host, String trouble, long sessions, boolean reported) {}
