package org.mailroom.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What a command reads from its standard input. */
final class StandardInput {
    private StandardInput() {}

    static String password() {
        var line = line();
        if (line.isEmpty()) {
            throw new Trouble("standard input has no password in it.");
        }
        return line;
    }

    /** The next line; empty at the end. */
    static String line() {
        try {
            var line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
