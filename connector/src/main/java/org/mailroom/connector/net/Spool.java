package org.mailroom.connector.net;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.mailroom.contract.MessageSource;

/** Octets on their way to the house: in memory while they are few, then in a file. */
public final class Spool implements MessageSource, AutoCloseable {
    /** Octets that stay in memory. */
    public static final int IN_MEMORY = 256 * 1024;

    private static final long NOWHERE = -1;

    private final int most;
    private final SpoolFile file;
    private byte[] memory;
    private int length;
    private long size;

    /** Where in the file it begins, once it lies there. */
    private long start = NOWHERE;

    public Spool() {
        this(4096, IN_MEMORY);
    }

    /**
     * @param first room in memory to begin with
     * @param most octets that stay in memory
     */
    public Spool(int first, int most) {
        this.most = most;
        this.file = new SpoolFile();
        this.memory = new byte[Math.min(first, most)];
    }

    /** Behind those that are in the file already, and which are whole. */
    public Spool(SpoolFile file) {
        this.most = 0;
        this.file = file;
        this.memory = new byte[0];
    }

    @Override
    public long size() {
        return size;
    }

    /** Whether all of it lies in memory. */
    public boolean inMemory() {
        return start == NOWHERE;
    }

    /** A copy of all octets; only where they are in memory. */
    public byte[] octets() {
        if (start != NOWHERE) {
            throw new IllegalStateException(size + " octets lie in a file");
        }
        return Arrays.copyOf(memory, length);
    }

    /** Adds octets; {@code memory} is the buffer of the file once there is one. */
    public void write(byte[] octets, int offset, int count) throws IOException {
        if (length + count > memory.length) {
            makeRoom(count);
        }
        if (count > memory.length) {
            drain(ByteBuffer.wrap(octets, offset, count));
        } else {
            System.arraycopy(octets, offset, memory, length, count);
            length += count;
        }
        size += count;
    }

    private void makeRoom(int count) throws IOException {
        long wanted = (long) length + count;
        if (start == NOWHERE && wanted <= most) {
            memory = Arrays.copyOf(memory, (int) Math.min(most, Math.max(wanted, memory.length * 2L)));
            return;
        }
        drain(ByteBuffer.wrap(memory, 0, length));
        length = 0;
    }

    private void drain(ByteBuffer octets) throws IOException {
        if (start == NOWHERE) {
            start = file.enter();
        }
        file.append(octets);
    }

    @Override
    public InputStream open() throws IOException {
        if (start == NOWHERE) {
            return new ByteArrayInputStream(memory, 0, length);
        }
        drain(ByteBuffer.wrap(memory, 0, length));
        length = 0;
        return new FileStream(file, start, start + size);
    }

    @Override
    public void close() {
        memory = new byte[0];
        length = 0;
        if (start != NOWHERE) {
            start = NOWHERE;
            file.leave();
        }
    }

    /** Reads by position, so that several may read at once. */
    private static final class FileStream extends InputStream {
        private final SpoolFile file;
        private final long end;
        private long position;

        FileStream(SpoolFile file, long start, long end) {
            this.file = file;
            this.position = start;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            if (count == 0) {
                return 0;
            }
            int read = file.read(ByteBuffer.wrap(target, offset, (int) Math.min(count, end - position)), position);
            if (read <= 0) {
                return -1;
            }
            position += read;
            return read;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, end - position);
        }
    }
}
