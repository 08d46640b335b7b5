package org.mailroom.connector.imap.parse;

/** Text on its way to a client as a quoted string (RFC 9051 §9). */
public final class Quoted {
    private Quoted() {}

    /** What a quoted string of ASCII cannot hold becomes a question mark. */
    public static String string(String text) {
        return quoted(text, '~');
    }

    /** For clients that read UTF-8 (RFC 9051 §4.3, RFC 9755 §3). */
    public static String utf8(String text) {
        return quoted(text, Character.MAX_VALUE);
    }

    private static String quoted(String text, char last) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c < ' ' || c == 0x7F || c > last ? '?' : c);
        }
        return quoted.append('"').toString();
    }

    /** An atom where it can be one (RFC 9051 §9: astring). */
    public static String astring(String text) {
        return !text.isEmpty() && text.chars().allMatch(Arguments::isAtom) ? text : string(text);
    }

    /** A mailbox name, in modified UTF-7. */
    public static String mailbox(String name) {
        return string(ModifiedUtf7.encode(name));
    }
}
