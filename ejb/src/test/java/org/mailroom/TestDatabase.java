package org.mailroom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** A real PostgreSQL for tests: one server a JVM, started at first use, and a database of its own for whoever asks. */
public final class TestDatabase {
    private static final Path HOME = unpack();
    private static final int PORT = start();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    static {
        execute("postgres", "CREATE DATABASE model");
        // No connection to it stays open, since others are copied from it.
        Flyway.configure(TestDatabase.class.getClassLoader())
                .dataSource(named(new PGSimpleDataSource(), "model"))
                .load()
                .migrate();
    }

    private TestDatabase() {}

    /** An empty database with the current schema. */
    public static synchronized DataSource fresh() {
        var name = "test" + NUMBER.incrementAndGet();
        execute("postgres", "CREATE DATABASE " + name + " TEMPLATE model");
        return connectTo(name);
    }

    private static DataSource connectTo(String name) {
        return named(new KeptConnections(), name);
    }

    private static DataSource named(PGSimpleDataSource source, String name) {
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {PORT});
        source.setDatabaseName(name);
        source.setUser("mailroom");
        return source;
    }

    private static void execute(String database, String sql) {
        try (var connection = connectTo(database).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static int start() {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = probe.getLocalPort();
            probe.close();
            var data = HOME.resolve("data").toString();
            run("initdb", "-D", data, "-U", "mailroom", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
            // Nothing here outlives the test, so nothing has to reach the disk; only a benchmark pays for it.
            var options = "-p " + port + " -k '' -c listen_addresses=127.0.0.1 -c max_connections=200 -c fsync="
                    + (Boolean.getBoolean("mailroom.test.durable") ? "on" : "off");
            run("pg_ctl", "-D", data, "-w", "-l", HOME.resolve("log").toString(), "-o", options, "start");
            Runtime.getRuntime().addShutdownHook(new Thread(TestDatabase::stop));
            return port;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop() {
        run("pg_ctl", "-D", HOME.resolve("data").toString(), "-m", "immediate", "stop");
        try (var files = Files.walk(HOME)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // What remains lies in the temporary directory.
        }
    }

    private static void run(String tool, String... arguments) {
        var command = new ArrayList<String>();
        // PostgreSQL refuses to run as root; in a user namespace of its own it is nobody.
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(HOME.resolve("bin").resolve(tool).toString());
        command.addAll(List.of(arguments));
        var output = HOME.resolve(tool + ".out").toFile();
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output)
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + Files.readString(output.toPath()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path unpack() {
        var arch = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        var archive = "/postgres-linux-" + arch + ".txz";
        try (var resource = TestDatabase.class.getResourceAsStream(archive);
                var tar = new TarArchiveInputStream(new XZCompressorInputStream(resource))) {
            var home = Files.createTempDirectory("postgres");
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var target = home.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(target.getParent());
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(tar, target);
                    target.toFile().setExecutable((entry.getMode() & 0100) != 0);
                }
            }
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
