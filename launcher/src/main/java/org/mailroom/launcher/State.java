package org.mailroom.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What was last done to the server, as digests, so that a second run does only what has changed. */
final class State {
    private final PropertiesFile file;

    State(Home home) {
        this.file = PropertiesFile.read(home.state());
    }

    boolean is(String deed, String digest) {
        return digest.equals(file.get(deed));
    }

    void done(String deed, String digest) {
        file.set(deed, digest);
        file.save();
    }

    void undone(String deed) {
        file.remove(deed);
        file.save();
    }

    int number(String name) {
        var value = file.get(name);
        return value == null ? 0 : Integer.parseInt(value);
    }

    static String digest(Path file) {
        try {
            return Secrets.sha256(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
