package org.mailroom.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The directory with Mailroom's sources and what was built from them. */
record Checkout(Path directory) {
    /** As the script says, which knows where it lies. */
    static Checkout here() {
        return new Checkout(Path.of(System.getProperty("mailroom.checkout", "."))
                .toAbsolutePath()
                .normalize());
    }

    Path application() {
        return directory.resolve("ear/target/mailroom.ear");
    }

    /** The directory of the scripts that an operator runs on a server of his own, too. */
    Path scripts() {
        return directory.resolve("resources/asadmin");
    }

    Path launcherPom() {
        return directory.resolve("launcher/pom.xml");
    }

    Path defaultHome() {
        return directory.resolve(".mailroom");
    }

    /** Where unpacked servers are kept, for all homes: they differ by version only. */
    Path cache() {
        var named = System.getenv("MAILROOM_CACHE");
        var beside = directory.resolve(".mailroom/cache");
        if (named != null && !named.isBlank()) {
            return Path.of(named).toAbsolutePath();
        }
        return Files.isWritable(beside) || Files.isWritable(Objects.requireNonNull(existingAncestor(beside)))
                ? beside
                : Path.of(System.getProperty("user.home"), ".cache", "mailroom");
    }

    private static Path existingAncestor(Path path) {
        try {
            var ancestor = path;
            while (Files.notExists(ancestor)) {
                ancestor = Objects.requireNonNull(ancestor.getParent());
            }
            return ancestor.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
