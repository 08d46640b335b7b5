package org.mailroom.search;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * Finds a text within others without regard to case, as i;unicode-casemap compares (RFC 5051): title case, then decomposed.
 * Long texts pass through a window.
 */
public final class TextMatcher implements Look {
    private final String wanted;

    public TextMatcher(String text) {
        wanted = fold(text);
    }

    /** Whether everything matches. */
    public boolean isEmpty() {
        return wanted.isEmpty();
    }

    /** What is looked for, folded as {@link #fold} does. */
    String wanted() {
        return wanted;
    }

    @Override
    public boolean in(String text) {
        return fold(text).contains(wanted);
    }

    @Override
    public boolean in(Reader text) throws IOException {
        var overlap = "";
        for (var folded = Look.window(text); !folded.isEmpty(); folded = Look.window(text)) {
            var window = overlap + folded;
            if (window.contains(wanted)) {
                return true;
            }
            overlap = window.substring(Math.max(0, window.length() - wanted.length() + 1));
        }
        return wanted.isEmpty();
    }

    @Override
    public @Nullable Boolean inAscii(byte[] octets, int from, int to) {
        var folded = Look.ascii(octets, from, to);
        return folded == null ? null : folded.contains(wanted);
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
