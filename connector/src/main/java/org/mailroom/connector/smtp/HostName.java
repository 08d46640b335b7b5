package org.mailroom.connector.smtp;

import java.net.InetAddress;
import java.util.regex.Pattern;

/** What may stand for a host in EHLO and behind the @ of an address (RFC 5321 §4.1.2). */
final class HostName {
    /** RFC 1035 §3.1 */
    private static final int LONGEST = 255;

    /** Underscores are not in the grammar, but in the names of too many machines. */
    private static final Pattern DOMAIN =
            Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})(?:\\.[A-Za-z0-9_][A-Za-z0-9_-]{0,62})*\\.?");

    /** RFC 5321 §4.1.3 */
    private static final Pattern LITERAL = Pattern.compile(
            "\\[(?:(?:[0-9]{1,3}\\.){3}[0-9]{1,3}|IPv6:([0-9A-Fa-f:.]{2,45}))]", Pattern.CASE_INSENSITIVE);

    private HostName() {}

    static boolean isValid(String text) {
        return text.length() <= LONGEST
                && (text.startsWith("[")
                        ? isLiteral(text)
                        : DOMAIN.matcher(text).matches());
    }

    private static boolean isLiteral(String text) {
        var match = LITERAL.matcher(text);
        if (!match.matches()) {
            return false;
        }
        var six = match.group(1);
        try {
            InetAddress.ofLiteral(six == null ? text.substring(1, text.length() - 1) : six);
            return six == null || six.contains(":");
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
