package org.mailroom.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Copies what is appended to a file, which may be rotated away meanwhile. */
final class LogFollower {
    private final Path file;
    private final PrintStream out;
    private long position;
    private byte last = '\n';

    LogFollower(Path file, PrintStream out) {
        this.file = file;
        this.out = out;
        this.position = size();
    }

    /** Without the empty lines that the server puts between its entries. */
    private void write(byte[] octets, int length) {
        for (int i = 0; i < length; i++) {
            if (octets[i] != '\n' || last != '\n') {
                out.write(octets[i]);
            }
            last = octets[i];
        }
    }

    private long size() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    void copyNews() {
        if (size() < position) {
            position = 0;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var buffer = ByteBuffer.allocate(64 * 1024);
            channel.position(position);
            for (int read = channel.read(buffer); read > 0; read = channel.read(buffer)) {
                write(buffer.array(), read);
                position += read;
                buffer.clear();
            }
            out.flush();
        } catch (IOException e) {
            // Between two files of a rotation; the next look finds the new one.
        }
    }
}
