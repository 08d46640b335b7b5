package org.mailroom.connector.imap.parse;

import java.util.Locale;
import java.util.Set;

/**
 * What a command may weigh.
 *
 * @param memory octets of its lines and the literals among them; where literals may be large, of each of the two in memory
 * @param message octets of literals that do not fit there, and lie in a file
 * @param large commands that may have such literals
 */
public record FrameLimits(int memory, long message, Set<String> large) {
    /** Nobody has proved who he is: a name, a password, a token or a ticket are all that is needed, as long as in SMTP (RFC 4954 §4). */
    public static final FrameLimits BEFORE_LOGIN = new FrameLimits(12 * 1024, 0, Set.of());

    public FrameLimits {
        large = Set.copyOf(large);
    }

    boolean allowsLarge(String command) {
        return large.contains(command.toUpperCase(Locale.ROOT));
    }
}
