package org.mailroom.access;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * Finds a text within others without regard to case, as i;unicode-casemap compares (RFC 5051): title case, then decomposed.
 * Long texts pass through a window.
 */
final class TextMatcher {
    private static final int WINDOW = 16 * 1024;

    private final String wanted;

    TextMatcher(String text) {
        wanted = fold(text);
    }

    /** Whether everything matches. */
    boolean isEmpty() {
        return wanted.isEmpty();
    }

    boolean in(String text) {
        return fold(text).contains(wanted);
    }

    boolean in(Reader text) throws IOException {
        var buffer = new char[WINDOW];
        var window = "";
        for (int read; (read = text.read(buffer)) >= 0; ) {
            window += fold(new String(buffer, 0, read));
            if (window.contains(wanted)) {
                return true;
            }
            window = window.substring(Math.max(0, window.length() - wanted.length() + 1));
        }
        return wanted.isEmpty();
    }

    /**
     * Looks at octets where they are ASCII, as most are.
     *
     * @return null where they are not, and have to be decoded first
     */
    @org.jspecify.annotations.Nullable
    Boolean inAscii(byte[] octets, int from, int to) {
        var folded = new byte[to - from];
        for (int i = from; i < to; i++) {
            byte c = octets[i];
            if (c < 0) {
                return null;
            }
            folded[i - from] = c >= 'a' && c <= 'z' ? (byte) (c - 32) : c;
        }
        return new String(folded, StandardCharsets.ISO_8859_1).contains(wanted);
    }

    static String fold(String text) {
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
