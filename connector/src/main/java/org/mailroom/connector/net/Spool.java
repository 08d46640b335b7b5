package org.mailroom.connector.net;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.MessageSource;

/**
 * Octets on their way to the house: in memory while they are few, then in a file. The file loses its name as soon as it is
 * open, so it is gone with the process too, however that ends.
 */
public final class Spool implements MessageSource, AutoCloseable {
    /** Octets that stay in memory. */
    public static final int IN_MEMORY = 256 * 1024;

    private final int most;
    private byte[] memory;
    private int length;
    private long size;
    private @Nullable FileChannel file;
    private @Nullable Path named;

    public Spool() {
        this(4096, IN_MEMORY);
    }

    /**
     * @param first room in memory to begin with
     * @param most octets that stay in memory
     */
    public Spool(int first, int most) {
        this.most = most;
        this.memory = new byte[Math.min(first, most)];
    }

    @Override
    public long size() {
        return size;
    }

    /** Whether all of it lies in memory. */
    public boolean inMemory() {
        return file == null;
    }

    /** A copy of all octets; only where they are in memory. */
    public byte[] octets() {
        if (file != null) {
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
        if (file == null && wanted <= most) {
            memory = Arrays.copyOf(memory, (int) Math.min(most, Math.max(wanted, memory.length * 2L)));
            return;
        }
        drain(ByteBuffer.wrap(memory, 0, length));
        length = 0;
    }

    private void drain(ByteBuffer octets) throws IOException {
        var target = file != null ? file : openFile();
        while (octets.hasRemaining()) {
            target.write(octets);
        }
    }

    private FileChannel openFile() throws IOException {
        var path = Files.createTempFile("mailroom-", ".spool");
        try {
            file = FileChannel.open(path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
        } finally {
            try {
                Files.delete(path);
            } catch (IOException stillOpen) {
                // Some systems keep a name while the file is open; close() removes it there.
                named = path;
            }
        }
        return file;
    }

    @Override
    public InputStream open() throws IOException {
        var channel = file;
        if (channel == null) {
            return new ByteArrayInputStream(memory, 0, length);
        }
        drain(ByteBuffer.wrap(memory, 0, length));
        length = 0;
        return new FileStream(channel, size);
    }

    @Override
    public void close() {
        memory = new byte[0];
        length = 0;
        try {
            if (file != null) {
                file.close();
            }
            if (named != null) {
                Files.deleteIfExists(named);
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Reads by position, so that several may read at once. */
    private static final class FileStream extends InputStream {
        private final FileChannel channel;
        private final long size;
        private long position;

        FileStream(FileChannel channel, long size) {
            this.channel = channel;
            this.size = size;
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
            int read = channel.read(ByteBuffer.wrap(target, offset, (int) Math.min(count, size - position)), position);
            if (read <= 0) {
                return -1;
            }
            position += read;
            return read;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, size - position);
        }
    }
}
