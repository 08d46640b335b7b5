package org.mailroom.search;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;
import org.mailroom.message.Casemap;

/**
 * Finds a text within others without regard to case, as i;unicode-casemap compares (RFC 5051): title case, then decomposed.
 * Long texts pass through a window.
 */
public final class TextMatcher implements Look {
    private final String wanted;

    public TextMatcher(String text) {
        wanted = Casemap.fold(text);
    }

    /** Whether everything matches. */
    public boolean isEmpty() {
        return wanted.isEmpty();
    }

    /** What is looked for, folded as {@link Casemap} does. */
    String wanted() {
        return wanted;
    }

    @Override
    public boolean in(String text) {
        return Casemap.fold(text).contains(wanted);
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
}
