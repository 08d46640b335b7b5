package org.mailroom.message;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/** i;unicode-casemap (RFC 5051 §2): title case, then decomposed. What compares equal is equal afterwards. */
public final class Casemap {
    private Casemap() {}

    public static String fold(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) >= 0x80) {
                return foldUnicode(text);
            }
        }
        var folded = new byte[length];
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            folded[i] = (byte) (c >= 'a' && c <= 'z' ? c - 32 : c);
        }
        return new String(folded, StandardCharsets.ISO_8859_1);
    }

    private static String foldUnicode(String text) {
        var title = new StringBuilder(text.length());
        text.codePoints().map(Character::toTitleCase).forEach(title::appendCodePoint);
        return Normalizer.normalize(title, Normalizer.Form.NFKD);
    }
}
