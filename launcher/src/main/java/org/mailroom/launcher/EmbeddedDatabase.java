package org.mailroom.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A PostgreSQL of our own under the home: real binaries, settings that lose nothing, and nobody but this machine can ask it. */
final class EmbeddedDatabase {
    static final int DEFAULT_PORT = 25_432;
    private static final String NAME = "mailroom";

    private final Path directory;
    private final Path data;
    private final Path binaries;
    private final Home home;

    EmbeddedDatabase(Home home, Path installation) {
        this.home = home;
        this.directory = home.database();
        this.data = directory.resolve("data");
        this.binaries = installation.resolve("bin");
    }

    /** Where the pool finds it. */
    Database database(int port) {
        return new Database("jdbc:postgresql://127.0.0.1:" + port + "/" + NAME, NAME, Secrets.keep(ownerSecret()));
    }

    /** The process and port of the running server; what a crash left behind does not count. */
    Optional<Running> running() {
        var file = data.resolve("postmaster.pid");
        try {
            if (!Files.isReadable(file)) {
                return Optional.empty();
            }
            var lines = Files.readAllLines(file);
            if (lines.size() < 4) {
                return Optional.empty();
            }
            long pid = Long.parseLong(lines.getFirst().strip());
            return ours(pid)
                    ? Optional.of(new Running(pid, Integer.parseInt(lines.get(3).strip())))
                    : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    record Running(long pid, int port) {}

    /** After a crash the number may belong to somebody else: ours is called postgres and works in our directory. */
    private boolean ours(long pid) {
        try {
            var process = Path.of("/proc", String.valueOf(pid));
            return Files.readString(process.resolve("comm")).strip().equals("postgres")
                    && Files.readSymbolicLink(process.resolve("cwd")).equals(data.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * PostgreSQL itself sees through the lock file of a dead process, except where its number now belongs to another. Removed
     * only if no process at all works in the directory: the lock also guards against back ends that outlived a killed server.
     */
    private void forgetStrangers() throws IOException {
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var process : processes) {
                if (ours(Long.parseLong(process.getFileName().toString()))) {
                    return;
                }
            }
        }
        Files.deleteIfExists(data.resolve("postmaster.pid"));
    }

    void start(int port) {
        if (running().isPresent()) {
            return;
        }
        var user = Unprivileged.here();
        try {
            if (Files.notExists(data)) {
                create(user);
            }
            forgetStrangers();
            Files.writeString(data.resolve("mailroom.conf"), configuration(port));
            user.own(directory);
        } catch (IOException e) {
            throw new Trouble("cannot set up the database in " + directory + ": " + e.getMessage(), e);
        }
        var log = directory.resolve("start.log");
        var result = user.tool(List.of(
                        binary("pg_ctl"),
                        "start",
                        "-D",
                        data.toString(),
                        "-l",
                        log.toString(),
                        "-w",
                        "-s",
                        "-t",
                        "600"))
                .with("LC_ALL", "C")
                .within(Duration.ofMinutes(11))
                .run();
        if (!result.ok()) {
            throw new Trouble("the database does not start; its last words are in " + log + " and "
                    + directory.resolve("log") + ":\n" + lastWords(log) + result.tail());
        }
    }

    void stop() {
        if (running().isEmpty()) {
            return;
        }
        var stop = List.of(binary("pg_ctl"), "stop", "-D", data.toString(), "-m", "fast", "-w", "-s", "-t", "120");
        Unprivileged.here().tool(stop).within(Duration.ofMinutes(3)).demand("the database does not stop:");
    }

    /** Complete or not there at all: the directory gets its name when everything is in it. */
    private void create(Unprivileged user) throws IOException {
        var half = directory.resolve("data.half");
        Archive.delete(half);
        Files.createDirectories(directory.resolve("log"));
        var secret = directory.resolve("superuser.password");
        Secrets.write(secret, Secrets.keep(home.secrets().resolve("database-superuser")) + "\n");
        user.own(directory);
        var words = new ArrayList<>(
                List.of(binary("initdb"), "-D", half.toString(), "-U", "postgres", "--pwfile=" + secret));
        words.addAll(List.of("--auth=scram-sha-256", "--encoding=UTF8", "--data-checksums"));
        words.addAll(List.of("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
        user.tool(words).with("LC_ALL", "C").demand("PostgreSQL's initdb failed:");
        Files.delete(secret);
        Files.writeString(
                half.resolve("postgresql.conf"),
                "\n# Written anew at each start; lines below it win.\ninclude 'mailroom.conf'\n",
                StandardOpenOption.APPEND);
        Files.writeString(half.resolve("mailroom.conf"), configuration(DEFAULT_PORT));
        user.own(directory);
        user.tool(List.of(binary("postgres"), "--single", "-D", half.toString(), "postgres"))
                .with("LC_ALL", "C")
                .reading("CREATE ROLE " + NAME + " LOGIN PASSWORD '" + Secrets.keep(ownerSecret())
                        + "';\nCREATE DATABASE " + NAME + " OWNER " + NAME + ";\n")
                .demand("PostgreSQL could not make its first database:");
        Files.move(half, data);
    }

    /** Durability is PostgreSQL's default, and stays so: fsync, full_page_writes and synchronous_commit are not named here. */
    private String configuration(int port) {
        return """
                port = %d
                listen_addresses = '127.0.0.1'
                unix_socket_directories = ''
                max_connections = 200
                shared_buffers = 256MB
                max_wal_size = 2GB
                logging_collector = on
                log_directory = '%s'
                log_filename = 'postgresql-%%a.log'
                log_truncate_on_rotation = on
                log_rotation_age = 1d
                log_rotation_size = 0
                log_line_prefix = '%%m [%%p] '
                """.formatted(port, directory.resolve("log"));
    }

    private Path ownerSecret() {
        return home.secrets().resolve("database");
    }

    private String binary(String name) {
        return binaries.resolve(name).toString();
    }

    private static String lastWords(Path log) {
        try {
            var lines = Files.exists(log) ? Files.readAllLines(log) : List.<String>of();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size())) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
