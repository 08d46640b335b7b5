package org.mailroom.authenticity;

import java.util.Locale;

/**
 * One header field as it came, one octet a character.
 *
 * @param name lower case
 * @param raw the whole field, folded as it was, without the last line end
 */
record Field(String name, String raw) {
    static Field of(String raw) {
        int colon = raw.indexOf(':');
        var name = colon < 0 ? "" : raw.substring(0, colon).stripTrailing().toLowerCase(Locale.ROOT);
        return new Field(name, raw);
    }

    /** What stands behind the colon, still folded. */
    String value() {
        return raw.substring(raw.indexOf(':') + 1);
    }

    /** In one line, without white space around it. */
    String unfolded() {
        return value().replace("\r\n", "").strip();
    }

    /** As RFC 6376 §3.4.1 or §3.4.2 has it, without the last line end. */
    String canonical(boolean relaxed) {
        return relaxed ? name + ":" + relaxed(value()) : raw;
    }

    private static String relaxed(String value) {
        var text = new StringBuilder(value.length());
        boolean space = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == ' ' || c == '\t') {
                space = true;
            } else if (c != '\r' && c != '\n') {
                if (space && !text.isEmpty()) {
                    text.append(' ');
                }
                space = false;
                text.append(c);
            }
        }
        return text.toString();
    }
}
