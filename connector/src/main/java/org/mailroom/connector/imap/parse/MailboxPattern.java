package org.mailroom.connector.imap.parse;

/**
 * What LIST looks for: {@code *} stands for anything, {@code %} for anything within one level (RFC 9051 §6.3.9). Matches in
 * time that grows with the product of the lengths, whatever the pattern.
 */
public record MailboxPattern(String pattern) {
    /** @param reference stands before the pattern, as it is */
    public static MailboxPattern of(String reference, String pattern) throws BadSyntax {
        return new MailboxPattern(MailboxName.inbox(ModifiedUtf7.decode(reference + pattern)));
    }

    public boolean matches(String name) {
        // Which beginnings of the name the pattern so far can stand for.
        var reached = new boolean[name.length() + 1];
        reached[0] = true;
        for (int i = 0; i < pattern.length(); i++) {
            step(pattern.charAt(i), name, reached);
        }
        return reached[name.length()];
    }

    private static void step(char wanted, String name, boolean[] reached) {
        if (Arguments.isWildcard(wanted)) {
            for (int i = 0; i < name.length(); i++) {
                reached[i + 1] |= reached[i] && (wanted == '*' || name.charAt(i) != MailboxName.DELIMITER);
            }
            return;
        }
        for (int i = name.length(); i > 0; i--) {
            reached[i] = reached[i - 1] && name.charAt(i - 1) == wanted;
        }
        reached[0] = false;
    }
}
