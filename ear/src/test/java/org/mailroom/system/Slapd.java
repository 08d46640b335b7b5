package org.mailroom.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.mailroom.FreePort;
import org.mailroom.TestAuthority;
import org.mailroom.ldap.SampleCompany;

/** An OpenLDAP of its own, on loopback, with the sample company; stopped and started as a test wishes. */
final class Slapd implements AutoCloseable {
    private static final String SETTINGS = """
            include /etc/ldap/schema/core.schema
            include /etc/ldap/schema/cosine.schema
            include /etc/ldap/schema/inetorgperson.schema
            modulepath /usr/lib/ldap
            moduleload back_mdb
            pidfile %1$s/pid
            TLSCertificateFile %2$s
            TLSCertificateKeyFile %3$s
            database mdb
            suffix "dc=corp,dc=test"
            rootdn "cn=mailroom,dc=corp,dc=test"
            rootpw search-me
            directory %1$s/data
            maxsize 104857600
            index mail,uid,member eq
            """;

    private final Path home;
    private final TestAuthority authority = new TestAuthority();
    private final int port = FreePort.next();
    private final int tlsPort = FreePort.next();
    private Process process;

    Slapd() throws IOException, InterruptedException {
        this("corp.test");
    }

    /** @param domain of the addresses */
    Slapd(String domain) throws IOException, InterruptedException {
        home = Files.createTempDirectory("slapd");
        Files.createDirectory(home.resolve("data"));
        var card = authority.card("dns:localhost");
        Files.writeString(home.resolve("slapd.conf"), SETTINGS.formatted(home, card.certificate(), card.key()));
        var ldif = new StringBuilder();
        SampleCompany.entries(domain)
                .forEach(entry -> ldif.append(entry.toLDIFString()).append('\n'));
        Files.writeString(home.resolve("company.ldif"), ldif);
        run(
                "/usr/sbin/slapadd",
                "-q",
                "-f",
                conf(),
                "-l",
                home.resolve("company.ldif").toString());
        start();
    }

    private String conf() {
        return home.resolve("slapd.conf").toString();
    }

    String url() {
        return "ldap://127.0.0.1:" + port;
    }

    /** Under TLS from the first octet, as {@code localhost}. */
    String tlsUrl() {
        return "ldaps://localhost:" + tlsPort;
    }

    /** With StartTLS, likewise. */
    String startTlsUrl() {
        return "ldap://localhost:" + port;
    }

    /** Who vouches for {@code localhost}. */
    TestAuthority authority() {
        return authority;
    }

    void start() throws IOException {
        var urls = url() + " ldaps://127.0.0.1:" + tlsPort;
        process = new ProcessBuilder("/usr/sbin/slapd", "-f", conf(), "-h", urls, "-d", "0")
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile())
                .start();
        try {
            Eventually.eventually("slapd answers", Duration.ofSeconds(20), () -> {
                try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    return socket.isConnected();
                } catch (IOException e) {
                    return false;
                }
            });
        } catch (Exception e) {
            throw new IOException(Files.readString(home.resolve("log")), e);
        }
    }

    /** Connections are taken by the machine from now on, and nobody says a word. */
    void hang() throws IOException, InterruptedException {
        run("kill", "-STOP", String.valueOf(process.pid()));
    }

    void goOn() throws IOException, InterruptedException {
        run("kill", "-CONT", String.valueOf(process.pid()));
    }

    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    /** Takes an entry away, as an administrator over there does. */
    void delete(String dn) throws IOException, InterruptedException {
        run("/usr/bin/ldapdelete", "-x", "-H", url(), "-D", "cn=mailroom,dc=corp,dc=test", "-w", "search-me", dn);
    }

    private void run(String... command) throws IOException, InterruptedException {
        var output = home.resolve("output");
        var run = new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (run.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + "\n" + Files.readString(output));
        }
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
