package org.mailroom.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.util.ssl.SSLUtil;
import com.unboundid.util.ssl.TrustAllTrustManager;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.mailroom.TestAuthority;

/**
 * A domain controller of Debian's Samba with a company of five hundred, which is an Active Directory to whoever asks it. It
 * listens on the ports that are an Active Directory's, on loopback, so there is one at a time and only where these are free.
 *
 * <p>Of number n the sAMAccountName is {@code usern}, the userPrincipalName {@code upnn@corp.local}, the mail address
 * {@code first.n@ad.test}.
 */
final class ActiveDirectory implements AutoCloseable {
    static final int PEOPLE = 500;

    /** So many of them have passwords: each costs the controller some time. */
    private static final int LOGINS = 50;

    static final String BASE = "DC=corp,DC=local";
    static final String REALM = "CORP.LOCAL";
    static final String SEARCHER = "Administrator@corp.local";
    static final String SECRET = "Search-Me-4711";

    private static final int[] PORTS = {88, 389, 636};
    private static final String PROGRAM = "/usr/sbin/samba";
    private static final Duration SINCE_1601 = Duration.between(Instant.parse("1601-01-01T00:00:00Z"), Instant.EPOCH);

    private final Path home;
    private final TestAuthority authority = new TestAuthority();
    private Process process;

    ActiveDirectory() throws Exception {
        DebianPackage.program(PROGRAM, "samba-ad-dc", "samba-ad-provision");
        for (int port : PORTS) {
            assumeFree(port);
        }
        home = Files.createTempDirectory("samba");
        run(
                "samba-tool",
                "domain",
                "provision",
                "--realm=" + REALM,
                "--domain=CORP",
                "--adminpass=" + SECRET,
                "--server-role=dc",
                "--dns-backend=NONE",
                "--host-name=dc1",
                "--host-ip=127.0.0.1",
                "--targetdir=" + home,
                "--option=interfaces=lo",
                "--option=bind interfaces only=yes",
                // It is thrown away afterwards, so nothing need be on the disk.
                "--option=ldb:nosync=yes");
        configure();
        start();
        fill();
    }

    private static void assumeFree(int port) {
        boolean free = true;
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress("127.0.0.1", port));
        } catch (IOException taken) {
            free = false;
            System.err.println("SKIPPED: port " + port + " of this machine is taken, or nobody may listen there");
        }
        assumeTrue(free, "port " + port + " is taken");
    }

    /** Of all that a domain controller does, it serves LDAP and Kerberos only. */
    private void configure() throws IOException {
        var card = authority.card("dns:localhost");
        var file = home.resolve("etc/smb.conf");
        var settings = """
                [global]
                \tserver services = ldap, kdc
                \tldb:nosync = yes
                \tlog file = %4$s/log.%%m
                \tinterfaces = lo
                \tbind interfaces only = yes
                \ttls enabled = yes
                \ttls certfile = %s
                \ttls keyfile = %s
                \ttls cafile = %s
                """.formatted(card.certificate(), card.key(), authority.certificate(), home);
        var theirs = Files.readString(file).replaceAll("(?m)^(\\[global\\]|\\s*(server services|log file) = .*)\n", "");
        Files.writeString(file, settings + theirs);
    }

    void start() throws Exception {
        process = new ProcessBuilder(
                        PROGRAM, "--foreground", "--no-process-group", "--configfile=" + home.resolve("etc/smb.conf"))
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(home.resolve("log").toFile())
                .start();
        for (int port : PORTS) {
            Eventually.eventually("samba answers at " + port + "; " + home, Duration.ofSeconds(60), () -> {
                try (var socket = new Socket("127.0.0.1", port)) {
                    return socket.isConnected();
                } catch (IOException notYet) {
                    return false;
                }
            });
        }
    }

    void stop() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** The authority that vouches for {@code localhost}. */
    TestAuthority authority() {
        return authority;
    }

    static String dn(int number) {
        return "CN=User " + number + ",OU=Staff," + BASE;
    }

    static String address(int number) {
        return "first." + number + "@ad.test";
    }

    static String password(int number) {
        return "Geheim-" + number;
    }

    /** As an administrator over there. */
    LDAPConnection connection() throws GeneralSecurityException, LDAPException {
        var trust = new SSLUtil(new TrustAllTrustManager());
        return new LDAPConnection(trust.createSSLSocketFactory(), "localhost", 636, SEARCHER, SECRET);
    }

    private void fill() throws Exception {
        try (var connection = connection()) {
            connection.add("dn: OU=Staff," + BASE, "objectClass: organizationalUnit", "ou: Staff");
            for (int number = 1; number <= PEOPLE; number++) {
                person(connection, number);
            }
            group(connection, "Help Desk", dn(1), dn(2));
            group(connection, "IT", dn(3), "CN=Help Desk,OU=Staff," + BASE);
            group(connection, "All of IT", "CN=IT,OU=Staff," + BASE);
        }
    }

    private static void person(LDAPConnection connection, int number) throws LDAPException {
        var attributes = new ArrayList<>(List.of(
                new Attribute("objectClass", "user"),
                new Attribute("sAMAccountName", "user" + number),
                new Attribute("userPrincipalName", "upn" + number + "@corp.local"),
                new Attribute("displayName", "Úser " + number),
                new Attribute("mail", address(number)),
                new Attribute("proxyAddresses", "SMTP:" + address(number), "smtp:also" + number + "@ad.test"),
                new Attribute("userAccountControl", number == 10 ? "514" : number > LOGINS ? "544" : "512")));
        if (number <= LOGINS) {
            attributes.add(
                    new Attribute("unicodePwd", ("\"" + password(number) + "\"").getBytes(StandardCharsets.UTF_16LE)));
        }
        if (number == 11) {
            attributes.add(
                    new Attribute("accountExpires", intervals(Instant.now().minusSeconds(86_400))));
        }
        if (number == 12) {
            attributes.add(
                    new Attribute("accountExpires", intervals(Instant.now().plusSeconds(86_400))));
        }
        connection.add(dn(number), attributes);
    }

    private static String intervals(Instant at) {
        return String.valueOf(SINCE_1601.plusMillis(at.toEpochMilli()).toMillis() * 10_000);
    }

    private static void group(LDAPConnection connection, String name, String... members) throws LDAPException {
        connection.add(
                "CN=" + name + ",OU=Staff," + BASE,
                new Attribute("objectClass", "group"),
                new Attribute("sAMAccountName", name),
                new Attribute("member", members));
    }

    /** Gives somebody else's server principals such as {@code imap/localhost}, and puts their keys into the file. */
    void service(Path keytab, String... principals) throws Exception {
        try (var connection = connection()) {
            connection.add(
                    "CN=mailroom,CN=Users," + BASE,
                    new Attribute("objectClass", "user"),
                    new Attribute("sAMAccountName", "mailroom"),
                    new Attribute("servicePrincipalName", principals),
                    new Attribute("userAccountControl", "512"),
                    // AES (MS-KILE §2.2.7): the JDK takes nothing weaker.
                    new Attribute("msDS-SupportedEncryptionTypes", "24"),
                    new Attribute("unicodePwd", ("\"" + SECRET + "\"").getBytes(StandardCharsets.UTF_16LE)));
        }
        for (var principal : principals) {
            tool("domain", "exportkeytab", keytab.toString(), "--principal=" + principal);
        }
    }

    /** A command of Samba's, about this directory. */
    String tool(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("samba-tool"));
        command.addAll(List.of(words));
        command.add("--configfile=" + home.resolve("etc/smb.conf"));
        return run(command.toArray(String[]::new));
    }

    private String run(String... command) throws IOException, InterruptedException {
        var output = home.resolve("output");
        var program = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile())
                .start();
        boolean ended = program.waitFor(3, TimeUnit.MINUTES);
        program.destroyForcibly();
        var text = Files.readString(output);
        if (!ended || program.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + "\n" + text);
        }
        return text;
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
