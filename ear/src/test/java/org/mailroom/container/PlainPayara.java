package org.mailroom.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.mailroom.FreePort;
import org.mailroom.ServerLog;

/**
 * A server domain as {@code asadmin create-domain} makes it, with a PostgreSQL of its own beside it. One for the tests' JVM;
 * ports are chosen before Arquillian reads its configuration, which names them as system properties.
 */
final class PlainPayara {
    private static final String DOMAIN = "plain";
    private static final Path RESOURCES =
            Path.of("../resources").toAbsolutePath().normalize();

    private static PlainPayara running;

    private final Path payara = Path.of(System.getProperty("mailroom.payara"));
    private final Path directory = Path.of("target/plain-payara").toAbsolutePath();
    private final Map<String, Integer> ports = new TreeMap<>();
    private final EmbeddedPostgres postgres;

    static synchronized PlainPayara server() throws Exception {
        if (running == null) {
            running = new PlainPayara();
        }
        return running;
    }

    private PlainPayara() throws Exception {
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
        System.setProperty("mailroom.plain.admin-port", freePortFor("admin"));
        for (var name : List.of("http", "smtp", "imap")) {
            ports.put(name, FreePort.next());
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
        deleteRecursively(directory);
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("mailroom.properties"), configuration());
        asadmin(
                "create-domain",
                "--nopassword",
                "--adminport",
                port("admin"),
                "--instanceport",
                port("http"),
                "--domainproperties",
                freePorts(),
                "--checkports=false",
                DOMAIN);
        asadmin("start-domain", DOMAIN);
        script("10-database.sh");
        script("20-messaging.sh");
        script("30-container.sh");
        asadmin("restart-domain", DOMAIN);
    }

    private String configuration() {
        return """
                mail.hostname=plain.test
                mail.listen=127.0.0.1
                mail.smtp.port=%s
                mail.imap.port=%s
                mail.submission.port=0
                mail.submissions.port=0
                mail.pop3.port=0
                mail.pop3s.port=0
                mail.imaps.port=0
                mail.policy.beans=judge
                mail.policy.beans.pause=PT1S
                """.formatted(port("smtp"), port("imap"));
    }

    private static String freePorts() {
        var properties = new ArrayList<String>();
        for (var name : List.of(
                "http.ssl.port",
                "jms.port",
                "domain.jmxPort",
                "orb.listener.port",
                "orb.ssl.port",
                "orb.mutualauth.port",
                "osgi.shell.telnet.port",
                "java.debugger.port",
                "hazelcast.das.port",
                "hazelcast.start.port")) {
            properties.add(name + "=" + FreePort.next());
        }
        return String.join(":", properties);
    }

    private String freePortFor(String name) {
        ports.put(name, FreePort.next());
        return port(name);
    }

    String port(String name) {
        return String.valueOf(ports.get(name));
    }

    int portNumber(String name) {
        return ports.get(name);
    }

    /** Runs one of the operator's scripts against this server. */
    String script(String name) throws Exception {
        return execute(List.of(RESOURCES.resolve("asadmin").resolve(name).toString()));
    }

    String asadmin(String... words) throws Exception {
        var command = new ArrayList<>(List.of(payara.resolve("bin/asadmin").toString()));
        command.add("--interactive=false");
        if (words[0].endsWith("-domain")) {
            command.addAll(List.of(words[0], "--domaindir", directory.toString()));
        } else {
            command.addAll(List.of("--port", port("admin"), words[0]));
        }
        command.addAll(List.of(words).subList(1, words.length));
        return execute(command);
    }

    private String execute(List<String> command) throws Exception {
        var log = Files.createTempFile("asadmin", ".log");
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new java.io.File("/dev/null"))
                .redirectOutput(log.toFile());
        var environment = builder.environment();
        environment.put("AS_JAVA", System.getProperty("java.home"));
        environment.put("AS_EXTRA_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto");
        environment.put("ASADMIN", payara.resolve("bin/asadmin") + " --interactive=false --port " + port("admin"));
        environment.put(
                "MAILROOM_CONFIG", directory.resolve("mailroom.properties").toString());
        environment.put("MAILROOM_DATABASE_HOST", "127.0.0.1");
        environment.put("MAILROOM_DATABASE_PORT", String.valueOf(postgres.getPort()));
        environment.put("MAILROOM_DATABASE_NAME", "postgres");
        environment.put("MAILROOM_DATABASE_USER", "postgres");
        environment.put("MAILROOM_DATABASE_PASSWORD", "postgres");
        var process = builder.start();
        assertThat(process.waitFor(4, TimeUnit.MINUTES))
                .as(() -> "ends: " + command + "\n" + ServerLog.trouble(log()))
                .isTrue();
        var output = Files.readString(log);
        Files.delete(log);
        assertThat(process.exitValue())
                .as(() -> String.join(" ", command) + "\n" + output + "\n" + ServerLog.trouble(log()))
                .isZero();
        return output;
    }

    Path log() {
        return directory.resolve(DOMAIN).resolve("logs/server.log");
    }

    /** Names of the threads that run in the server. */
    List<String> threads() throws Exception {
        var dump = execute(List.of(
                Path.of(System.getProperty("java.home"), "bin/jstack").toString(),
                Files.readString(directory.resolve(DOMAIN).resolve("config/pid"))
                        .strip()));
        return dump.lines()
                .filter(line -> line.startsWith("\""))
                .map(line -> line.substring(1, line.indexOf('"', 1)))
                .toList();
    }

    private void stop() {
        try (postgres) {
            asadmin("stop-domain", "--kill=true", DOMAIN);
        } catch (Exception gone) {
            System.err.println("stopping the plain server: " + gone.getMessage());
        }
    }

    private static void deleteRecursively(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (var files = Files.walk(directory)) {
                for (var file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
