package org.mailroom.message;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A header with another Content-Transfer-Encoding; the other fields stay octet for octet. */
record EncodingField(String encoding, boolean top, boolean nameless) implements Coding {
    /** All of it at once; its length is bounded. */
    @Override
    public int piece() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void put(byte[] header, boolean last, Octets to) {
        boolean dropping = false;
        boolean versioned = false;
        int start = 0;
        while (start < header.length && !isLineEnd(header, start)) {
            int end = start;
            while (end < header.length && header[end] != '\n') {
                end++;
            }
            end = Math.min(header.length, end + 1);
            boolean continues = header[start] == ' ' || header[start] == '\t';
            dropping = continues ? dropping : isField(header, start, end, "content-transfer-encoding");
            versioned |= !continues && isField(header, start, end, "mime-version");
            if (!dropping) {
                to.write(header, start, end - start);
            }
            start = end;
        }
        if (top && !versioned) {
            to.line("MIME-Version: 1.0");
        }
        if (nameless) {
            to.line("Content-Type: text/plain; charset=unknown-8bit"); // RFC 1428 §3
        }
        to.line("Content-Transfer-Encoding: " + encoding);
        to.write(header, start, header.length - start);
    }

    private static boolean isLineEnd(byte[] header, int at) {
        return header[at] == '\n' || (header[at] == '\r' && at + 1 < header.length && header[at + 1] == '\n');
    }

    private static boolean isField(byte[] header, int start, int end, String name) {
        int colon = start;
        while (colon < end && header[colon] != ':') {
            colon++;
        }
        return new String(header, start, Math.min(colon - start, 64), StandardCharsets.ISO_8859_1)
                .strip()
                .toLowerCase(Locale.ROOT)
                .equals(name);
    }
}
