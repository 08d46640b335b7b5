package org.mailroom.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The directory that holds everything one Mailroom owns: settings, secrets, certificate, database and server. Nobody but its
 * owner may look inside.
 */
record Home(Path directory) {
    static Home of(Path directory) {
        return new Home(directory.toAbsolutePath().normalize());
    }

    /** Makes the directory where there is none yet. */
    void prepare() {
        try {
            if (Files.notExists(directory)) {
                Files.createDirectories(directory);
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
            if (!Files.isWritable(directory)) {
                throw new Trouble("cannot write to " + directory + ", which belongs to "
                        + Files.getOwner(directory).getName()
                        + ". Run as that user, or choose another place with --home.");
            }
            for (var inside : new Path[] {secrets(), tls(), domains()}) {
                Files.createDirectories(inside);
            }
        } catch (IOException e) {
            throw new Trouble(
                    "cannot make the home " + directory + ": " + e.getMessage() + ". Choose another place with --home.",
                    e);
        }
    }

    boolean exists() {
        return Files.isDirectory(directory);
    }

    Path settings() {
        return directory.resolve("mailroom.properties");
    }

    /** The bearer token with which commands ask the REST API. */
    Path token() {
        return directory.resolve("token");
    }

    Path tls() {
        return directory.resolve("tls");
    }

    Path secrets() {
        return directory.resolve("secrets");
    }

    Path database() {
        return directory.resolve("database");
    }

    Path domains() {
        return directory.resolve("server/domains");
    }

    /** What was last set up and deployed. */
    Path state() {
        return directory.resolve("server/state.properties");
    }

    Path lock() {
        return directory.resolve("launcher.lock");
    }
}
