package org.mailroom.search;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.mailroom.message.Casemap;

/**
 * Somebody who is shown the texts of a message, one after the other, until he says that he has seen enough. The matcher and
 * the index see the same texts in the same windows, so the index misses nothing that the matcher would find.
 */
sealed interface Look permits TextMatcher, Trigrams {
    /** Characters of a long text that are folded together. */
    int WINDOW = 16 * 1024;

    boolean in(String text);

    boolean in(Reader text) throws IOException;

    /**
     * Looks at octets where they are ASCII, as most are.
     *
     * @return null where they are not, and have to be decoded first
     */
    @Nullable
    Boolean inAscii(byte[] octets, int from, int to);

    /** The next window of a long text, always full but for the last, folded; empty at the end. */
    static String window(Reader text) throws IOException {
        var buffer = new char[WINDOW];
        int filled = 0;
        for (int read; filled < WINDOW && (read = text.read(buffer, filled, WINDOW - filled)) >= 0; ) {
            filled += read;
        }
        return Casemap.fold(new String(buffer, 0, filled));
    }

    /** Folded, or null where there is more than ASCII. */
    static @Nullable String ascii(byte[] octets, int from, int to) {
        var folded = new byte[to - from];
        for (int i = from; i < to; i++) {
            byte c = octets[i];
            if (c < 0) {
                return null;
            }
            folded[i - from] = c >= 'a' && c <= 'z' ? (byte) (c - 32) : c;
        }
        return new String(folded, StandardCharsets.ISO_8859_1);
    }
}
