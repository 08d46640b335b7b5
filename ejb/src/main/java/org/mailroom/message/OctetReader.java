package org.mailroom.message;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Goes through the octets once, from the first to the last. */
final class OctetReader {
    private static final int LONGEST_LINE = 998;

    private final InputStream in;
    private final byte[] buffer = new byte[16 * 1024];
    private long at;

    OctetReader(InputStream in) {
        this.in = in;
    }

    Measure measure(long from, long to) throws IOException {
        in.skipNBytes(from - at);
        at = from;
        long eight = 0;
        boolean nul = false;
        boolean ragged = false;
        int line = 0;
        byte last = 0;
        while (at < to) {
            int length = in.readNBytes(buffer, 0, (int) Math.min(buffer.length, to - at));
            if (length == 0) {
                throw new EOFException("the message ends at " + at + " instead of " + to);
            }
            at += length;
            for (int i = 0; i < length; i++) {
                byte octet = buffer[i];
                eight += octet < 0 ? 1 : 0;
                nul |= octet == 0;
                ragged |= (octet == '\n') != (last == '\r') && (octet == '\n' || last == '\r');
                line = octet == '\n' ? 0 : line + 1;
                ragged |= line > LONGEST_LINE + 1;
                last = octet;
            }
        }
        return new Measure(to - from, eight, nul, ragged);
    }

    /**
     * What stands in a stretch.
     *
     * @param octets in all
     * @param eight of them beyond ASCII
     * @param nul whether there is a NUL
     * @param ragged whether there is a CR or LF that stands alone, or a line that is too long
     */
    record Measure(long octets, long eight, boolean nul, boolean ragged) {
        boolean exceeds(Reencoding.Form form) {
            return nul || (form == Reencoding.Form.SEVEN_BIT ? eight > 0 : ragged);
        }

        /** Whether the text is still one for people when only the rest is encoded; and it is shorter so. */
        boolean isMostlyAscii() {
            return !nul && !ragged && eight * 5 <= octets;
        }
    }
}
