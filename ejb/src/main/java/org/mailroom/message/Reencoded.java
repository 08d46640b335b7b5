package org.mailroom.message;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import org.mailroom.contract.MessageSource;

/** The message as it is sent; its size is known after one reading. */
final class Reencoded implements MessageSource {
    private final MessageSource source;
    private final List<Segment> segments;
    private final long size;

    Reencoded(MessageSource source, List<Segment> segments) throws IOException {
        this.source = source;
        this.segments = List.copyOf(segments);
        try (var in = open()) {
            size = in.transferTo(OutputStream.nullOutputStream());
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream open() throws IOException {
        return new Stream(source.open(), segments);
    }

    /** A stretch of the message and what becomes of it. */
    record Segment(long length, Coding.Fresh coding) {}

    /** Reads stretch after stretch, each through its coding. */
    private static final class Stream extends InputStream {
        private final InputStream in;
        private final Iterator<Segment> segments;
        private final Coding.Octets coded = new Coding.Octets();
        private Coding coding = new Coding.Copy();
        private long left;
        private int next;

        Stream(InputStream in, List<Segment> segments) {
            this.in = in;
            this.segments = segments.iterator();
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] octets, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (next == coded.size()) {
                if (left == 0 && !segments.hasNext()) {
                    return -1;
                }
                fill();
            }
            int taken = coded.copy(next, octets, from, length);
            next += taken;
            return taken;
        }

        private void fill() throws IOException {
            if (left == 0) {
                var segment = segments.next();
                left = segment.length();
                coding = segment.coding().get();
            }
            var piece = in.readNBytes((int) Math.min(left, coding.piece()));
            if (piece.length == 0) {
                throw new EOFException("the message is shorter than it was");
            }
            left -= piece.length;
            coded.reset();
            next = 0;
            coding.put(piece, left == 0, coded);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
