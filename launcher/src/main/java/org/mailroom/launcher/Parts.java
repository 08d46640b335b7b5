package org.mailroom.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The application server and the database, fetched through Maven once and unpacked for all homes. */
final class Parts {
    private final Checkout checkout;
    private final Versions versions;
    private final Path cache;

    Parts(Checkout checkout, Versions versions) {
        this.checkout = checkout;
        this.versions = versions;
        this.cache = checkout.cache();
    }

    /** The directory that has {@code bin/asadmin} in it. */
    Path payara() {
        return cache.resolve("payara-" + versions.payara()).resolve("payara7");
    }

    /** The directory that has {@code bin/postgres} in it. */
    Path postgresql() {
        return cache.resolve("postgresql-" + versions.postgresql());
    }

    void fetch(Progress progress) {
        if (complete()) {
            return;
        }
        try {
            Files.createDirectories(cache);
            // Two first starts at a time: the second waits and finds everything done.
            try (var channel = FileChannel.open(
                            cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                if (lock.isValid() && !complete()) {
                    fetchAll(progress);
                }
            }
        } catch (IOException e) {
            throw new Trouble(
                    "cannot unpack the server to " + cache + ": " + e.getMessage()
                            + ". Make room there, or name another directory with MAILROOM_CACHE.",
                    e);
        }
    }

    private boolean complete() {
        return Files.exists(payara()) && Files.exists(postgresql());
    }

    private void fetchAll(Progress progress) throws IOException {
        var fetched = cache.resolve("fetched");
        progress.step(
                "Fetching Payara Server " + versions.payara() + " and PostgreSQL " + versions.postgresql()
                        + " through Maven (about 190 MB, once)",
                () -> copy(fetched));
        progress.step("Unpacking them to " + cache, () -> {
            unpack(
                    cache.resolve("payara-" + versions.payara()),
                    into -> Archive.unzip(fetched.resolve("payara.zip"), into));
            unpack(postgresql(), into -> Archive.untarXz(fetched.resolve("postgresql.jar"), into));
        });
        Archive.delete(fetched);
    }

    private void copy(Path to) {
        var maven = System.getenv().getOrDefault("MAILROOM_MAVEN", "");
        if (maven.isEmpty()) {
            throw new Trouble(
                    "needs Maven to fetch the server and found no mvn on PATH. Install it, for example: apt-get install maven");
        }
        var words = new ArrayList<>(
                List.of(maven, "-B", "-ntp", "-q", "-f", checkout.launcherPom().toString()));
        if (Files.notExists(Path.of(System.getProperty("user.home"), ".m2", "settings.xml"))) {
            words.addAll(List.of(
                    "-s", checkout.directory().resolve(".mvn/settings.xml").toString()));
        }
        words.addAll(List.of("dependency:copy@parts", "-Dmailroom.parts=" + to, "-Dmailroom.processor=" + processor()));
        new Tool(words)
                .with("JAVA_HOME", System.getProperty("java.home"))
                .within(Duration.ofMinutes(30))
                .demand(
                        "Maven could not fetch the server. Look at its reason, mend the network or proxy (~/.m2/settings.xml), and run again:");
    }

    /** As the archive of PostgreSQL calls this machine. */
    static String processor() {
        var name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new Trouble("runs on Linux only; this is " + System.getProperty("os.name") + ".");
        }
        return switch (name) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64", "arm64" -> "arm64v8";
            default -> throw new Trouble("there is no PostgreSQL to fetch for the processor " + name + ".");
        };
    }

    private interface Unpacking {
        void unpack(Path into) throws IOException;
    }

    /** A directory of that name is complete, because it gets its name last. */
    private static void unpack(Path target, Unpacking work) {
        try {
            if (Files.exists(target)) {
                return;
            }
            var half = target.resolveSibling(target.getFileName() + ".half");
            Archive.delete(half);
            Files.createDirectories(half);
            work.unpack(half);
            Files.move(half, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
