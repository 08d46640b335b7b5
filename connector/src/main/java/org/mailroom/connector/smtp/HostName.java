package org.mailroom.connector.smtp;

import java.util.regex.Pattern;

/** What may stand for a host in EHLO and behind the @ of an address (RFC 5321 §4.1.2). */
final class HostName {
    /** RFC 1035 §3.1 */
    private static final int LONGEST = 255;

    /** Underscores are not in the grammar, but in the names of too many machines. */
    private static final Pattern DOMAIN =
            Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})(?:\\.[A-Za-z0-9_][A-Za-z0-9_-]{0,62})*\\.?");

    private static final Pattern LITERAL = Pattern.compile("\\[(?:[0-9.]{7,15}|IPv6:[0-9A-Fa-f:.]{2,45})]");

    private HostName() {}

    static boolean isValid(String text) {
        return text.length() <= LONGEST
                && (DOMAIN.matcher(text).matches() || LITERAL.matcher(text).matches());
    }
}
