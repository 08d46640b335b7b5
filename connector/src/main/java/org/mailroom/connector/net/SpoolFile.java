package org.mailroom.connector.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file for one spool, or for several that are filled one after the other. It is there while one of them is in it, and loses its
 * name as soon as it is open, so it is gone with the process too, however that ends.
 */
public final class SpoolFile {
    private @Nullable FileChannel channel;
    private @Nullable Path named;
    private int spools;
    private long end;

    /** One more writes from here on. */
    long enter() throws IOException {
        if (channel == null) {
            open();
        }
        spools++;
        return end;
    }

    private void open() throws IOException {
        var path = Files.createTempFile("mailroom-", ".spool");
        try {
            channel = FileChannel.open(path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
        } finally {
            try {
                Files.delete(path);
            } catch (IOException stillOpen) {
                // Some systems keep a name while the file is open; leave() removes it there.
                named = path;
            }
        }
    }

    void append(ByteBuffer octets) throws IOException {
        var open = entered();
        while (octets.hasRemaining()) {
            end += open.write(octets, end);
        }
    }

    /** How many octets; they may be fewer than there is room for. */
    int read(ByteBuffer target, long position) throws IOException {
        return entered().read(target, position);
    }

    private FileChannel entered() {
        if (channel == null) {
            throw new IllegalStateException("closed");
        }
        return channel;
    }

    /** One less needs it. */
    void leave() {
        spools--;
        if (spools > 0) {
            return;
        }
        try {
            entered().close();
            channel = null;
            end = 0;
            if (named != null) {
                Files.deleteIfExists(named);
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
