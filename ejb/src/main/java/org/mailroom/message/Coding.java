package org.mailroom.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Supplier;

/** What a stretch of a message becomes when it is re-encoded; each reading takes a fresh one. */
interface Coding {
    /** Octets that it wants at a time; only the last piece is smaller. */
    default int piece() {
        return 16 * 1024;
    }

    void put(byte[] piece, boolean last, Octets to);

    /** Makes one. */
    interface Fresh extends Supplier<Coding> {}

    /** A buffer that can be read without a copy of all. */
    final class Octets extends ByteArrayOutputStream {
        int copy(int position, byte[] octets, int at, int length) {
            int taken = Math.min(length, count - position);
            System.arraycopy(buf, position, octets, at, taken);
            return taken;
        }

        void line(String text) {
            writeBytes((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** As it is. */
    final class Copy implements Coding {
        @Override
        public void put(byte[] piece, boolean last, Octets to) {
            to.writeBytes(piece);
        }
    }

    /** As it is, but for question marks where octets do not fit. */
    final class Mask implements Coding {
        @Override
        public void put(byte[] piece, boolean last, Octets to) {
            for (byte octet : piece) {
                to.write(octet > 0 ? octet : '?');
            }
        }
    }

    /** Base64 in lines (RFC 2045 §6.8). */
    final class Base64Lines implements Coding {
        private static final Base64.Encoder LINES = Base64.getMimeEncoder();

        /** A whole number of lines of 57 octets. */
        @Override
        public int piece() {
            return 57 * 256;
        }

        @Override
        public void put(byte[] piece, boolean last, Octets to) {
            to.writeBytes(LINES.encode(piece));
            to.line("");
        }
    }
}
