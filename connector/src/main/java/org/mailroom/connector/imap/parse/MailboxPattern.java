package org.mailroom.connector.imap.parse;

import java.util.regex.Pattern;

/**
 * What LIST looks for: {@code *} stands for anything, {@code %} for anything within one level (RFC 9051 §6.3.9). Matches in
 * time that grows with the square of the name's length at most, whatever the pattern.
 */
public record MailboxPattern(String pattern) {
    /** A run of them means no more than one, and costs a walk along the name for each. */
    private static final Pattern WILDCARDS = Pattern.compile("[*%]{2,}");

    /** @param reference stands before the pattern, as it is */
    public static MailboxPattern of(String reference, String pattern, boolean utf8) throws BadSyntax {
        var text = MailboxName.inbox(MailboxName.decoded(reference + pattern, utf8));
        return new MailboxPattern(
                WILDCARDS.matcher(text).replaceAll(run -> run.group().contains("*") ? "*" : "%"));
    }

    public boolean matches(String name) {
        // Which beginnings of the name the pattern so far can stand for.
        var reached = new boolean[name.length() + 1];
        reached[0] = true;
        boolean hope = true;
        for (int i = 0; i < pattern.length() && hope; i++) {
            hope = step(pattern.charAt(i), name, reached);
        }
        return hope && reached[name.length()];
    }

    /** Whether any beginning is left. */
    private static boolean step(char wanted, String name, boolean[] reached) {
        if (Arguments.isWildcard(wanted)) {
            for (int i = 0; i < name.length(); i++) {
                reached[i + 1] |= reached[i] && (wanted == '*' || name.charAt(i) != MailboxName.DELIMITER);
            }
            return true;
        }
        boolean any = false;
        for (int i = name.length(); i > 0; i--) {
            reached[i] = reached[i - 1] && name.charAt(i - 1) == wanted;
            any |= reached[i];
        }
        reached[0] = false;
        return any;
    }
}
