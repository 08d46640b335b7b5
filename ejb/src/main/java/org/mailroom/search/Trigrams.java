package org.mailroom.search;

import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mailroom.message.Casemap;

/**
 * A signature of a message's texts: one bit for each three letters that stand side by side, as a hash tells. A message whose
 * signature lacks a bit of what is looked for does not contain it; one that has them all may.
 */
final class Trigrams implements Look {
    /** Bits of a signature: a mail of some kilobytes of text sets a fifth of them. */
    static final int WIDTH = 8192;

    private static final int LENGTH = 3;

    private final long[] bits = new long[WIDTH / Long.SIZE];

    @Override
    public boolean in(String text) {
        add(Casemap.fold(text));
        return false;
    }

    @Override
    public boolean in(Reader text) throws IOException {
        var overlap = "";
        for (var folded = Look.window(text); !folded.isEmpty(); folded = Look.window(text)) {
            var window = overlap + folded;
            add(window);
            overlap = window.substring(Math.max(0, window.length() - LENGTH + 1));
        }
        return false;
    }

    @Override
    public @Nullable Boolean inAscii(byte[] octets, int from, int to) {
        var folded = Look.ascii(octets, from, to);
        if (folded == null) {
            return null;
        }
        add(folded);
        return false;
    }

    private void add(String folded) {
        for (int i = 0; i + LENGTH <= folded.length(); i++) {
            int bit = bit(folded, i);
            bits[bit >> 6] |= 1L << bit;
        }
    }

    void setAll() {
        Arrays.fill(bits, -1);
    }

    /** The bits that are set, in rising order. */
    IntStream set() {
        return IntStream.range(0, WIDTH).filter(bit -> (bits[bit >> 6] & 1L << bit) != 0);
    }

    /**
     * The bits that a text needs which contains this one.
     *
     * @param most of them are enough, spread over the text
     */
    static int[] needed(TextMatcher text, int most) {
        var folded = text.wanted();
        int count = Math.max(0, folded.length() - LENGTH + 1);
        int step = Math.max(1, (count + most - 1) / most);
        var needed = IntStream.iterate(0, i -> i < count, i -> i + step).map(i -> bit(folded, i));
        return Arrays.stream(needed.toArray()).distinct().toArray();
    }

    private static int bit(String text, int at) {
        int hash = (text.charAt(at) * 31 + text.charAt(at + 1)) * 0x9E37 + text.charAt(at + 2);
        return (hash * 0x9E3779B1) >>> 19; // the upper 13 bits
    }
}
