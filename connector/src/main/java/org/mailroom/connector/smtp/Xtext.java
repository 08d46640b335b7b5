package org.mailroom.connector.smtp;

import org.jspecify.annotations.Nullable;

/** Printable ASCII in which {@code +}, {@code =} and blanks are written as {@code +} and two upper-case hexadecimal digits (RFC 3461 §4). */
final class Xtext {
    private Xtext() {}

    /** Null where it is none, or stands for what is not printable. */
    static @Nullable String decode(String text) {
        var decoded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '+') {
                int octet = i + 2 < text.length() ? 16 * digit(text.charAt(i + 1)) + digit(text.charAt(i + 2)) : -1;
                if (octet < ' ' || octet > '~') {
                    return null;
                }
                decoded.append((char) octet);
                i += 2;
            } else if (c < '!' || c > '~' || c == '=') {
                return null;
            } else {
                decoded.append(c);
            }
        }
        return decoded.toString();
    }

    /** Far below zero where it is no digit. */
    private static int digit(char c) {
        int digit = "0123456789ABCDEF".indexOf(c);
        return digit < 0 ? -10_000 : digit;
    }
}
