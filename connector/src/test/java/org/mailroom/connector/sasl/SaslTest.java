package org.mailroom.connector.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.exception.ScramException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.connector.imap.ImapServer;
import org.mailroom.connector.memory.MemoryLogins;
import org.mailroom.connector.memory.MemoryMaildrops;
import org.mailroom.connector.memory.MemoryReceiver;
import org.mailroom.connector.memory.MemoryStore;
import org.mailroom.connector.net.NetServer;
import org.mailroom.connector.net.Services;
import org.mailroom.connector.net.TestPem;
import org.mailroom.connector.net.TestSettings;
import org.mailroom.connector.pop3.Pop3Server;
import org.mailroom.connector.smtp.SmtpServer;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.wire.WireSettings;

/** Every mechanism over a real TLS connection; SCRAM with somebody else's client. */
@Timeout(60)
class SaslTest {
    private static final WireSettings.Tls FILES = files();
    private static final Path KEYTAB = FILES.certificate().resolveSibling("keytab");

    private final MemoryStore store = new MemoryStore();
    private final MemoryLogins logins = new MemoryLogins();
    private final NetServer server;

    SaslTest() {
        logins.add("alice@here.example", "secret");
        var settings = new TestSettings()
                .listen(Protocol.SUBMISSION, true)
                .listen(Protocol.POP3, true)
                .listen(Protocol.IMAP, true)
                .tls(new WireSettings.Tls(FILES.certificate(), FILES.privateKey(), FILES.certificate()))
                .mechanisms(
                        "EXTERNAL",
                        "SCRAM-SHA-256-PLUS",
                        "SCRAM-SHA-256",
                        "SCRAM-SHA-1-PLUS",
                        "SCRAM-SHA-1",
                        "OAUTHBEARER",
                        "XOAUTH2",
                        "PLAIN",
                        "LOGIN",
                        "GSSAPI")
                .keytab(KEYTAB)
                .build();
        var services = new Services(
                new MemoryReceiver("alice@here.example"), logins, store, new MemoryMaildrops(store), settings);
        server = NetServer.open(
                settings,
                Map.of(
                        Protocol.SUBMISSION, new SmtpServer(services),
                        Protocol.POP3, new Pop3Server(services),
                        Protocol.IMAP, new ImapServer(services)));
    }

    private static WireSettings.Tls files() {
        try {
            return TestPem.write(Files.createTempDirectory("certificate"), "localhost");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void stop() throws IOException {
        Files.deleteIfExists(KEYTAB);
        server.stop(Duration.ofSeconds(5));
    }

    /** One that has begun TLS and read the greeting. */
    private final class Client implements AutoCloseable {
        private final SSLSocket socket;
        private final BufferedReader in;
        private final OutputStream out;

        Client(Protocol protocol, String tls, boolean withCertificate) throws Exception {
            var address = server.listeners().stream()
                    .filter(listener ->
                            listener.name().startsWith(protocol.name().toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow()
                    .address();
            var plain = new Socket(address.getAddress(), address.getPort());
            plain.setSoTimeout(20_000);
            socket = (SSLSocket)
                    context(withCertificate).getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
            socket.setEnabledProtocols(new String[] {tls});
            socket.startHandshake();
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            out = socket.getOutputStream();
            in.readLine();
        }

        String ask(String line) throws IOException {
            out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            return in.readLine();
        }

        String askInBase64(String text) throws IOException {
            return ask(encode(text));
        }

        List<String> list(String command) throws IOException {
            ask(command);
            var lines = new ArrayList<String>();
            for (var line = in.readLine(); !line.equals("."); line = in.readLine()) {
                lines.add(line);
            }
            return lines;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static SSLContext context(boolean withCertificate) throws Exception {
        Certificate certificate;
        try (var in = Files.newInputStream(FILES.certificate())) {
            certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("server", certificate);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        if (withCertificate) {
            var text = Files.readString(FILES.privateKey()).replaceAll("-----[A-Z ]+-----|\\s", "");
            var key = KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text)));
            store.setKeyEntry("client", key, new char[0], new Certificate[] {certificate});
        }
        keys.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String line) {
        return new String(Base64.getDecoder().decode(line.substring(2)), StandardCharsets.UTF_8);
    }

    private static byte[] binding(SSLSocket socket, String type) throws Exception {
        return type.equals("tls-exporter")
                ? ((ExtendedSSLSession) socket.getSession())
                        .exportKeyingMaterialData("EXPORTER-Channel-Binding", new byte[0], 32)
                : MessageDigest.getInstance("SHA-384")
                        .digest(socket.getSession().getPeerCertificates()[0].getEncoded());
    }

    /** The whole exchange, checking the server's proof. */
    private String scram(Client client, String hash, String password, @Nullable String type) throws Exception {
        var builder = ScramClient.builder()
                .advertisedMechanisms(List.of("SCRAM-" + hash + (type == null ? "" : "-PLUS")))
                .username("alice@here.example")
                .password(password.toCharArray());
        if (type != null) {
            builder = builder.channelBinding(type, binding(client.socket, type));
        }
        var scram = builder.build();
        var mechanism = scram.getScramMechanism().getName();
        var first = client.ask(
                "AUTH " + mechanism + " " + encode(scram.clientFirstMessage().toString()));
        scram.serverFirstMessage(decode(first));
        var last = client.askInBase64(scram.clientFinalMessage().toString());
        if (!last.startsWith("+ ")) {
            return last;
        }
        scram.serverFinalMessage(decode(last));
        return client.ask("");
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, SHA-256, tls-exporter",
        "TLSv1.3, SHA-256, tls-server-end-point",
        "TLSv1.2, SHA-256, tls-server-end-point",
        "TLSv1.3, SHA-256,",
        "TLSv1.3, SHA-1, tls-exporter",
        "TLSv1.2, SHA-1,"
    })
    void scram_proves_both_sides_and_the_connection(String tls, String hash, @Nullable String type) throws Exception {
        try (var client = new Client(Protocol.POP3, tls, false)) {
            assertThat(scram(client, hash, "wrong", type)).isEqualTo("-ERR [AUTH] Wrong name or password");
            assertThat(scram(client, hash, "secret", type)).startsWith("+OK 0 messages");
        }
    }

    @Test
    void a_proof_for_another_connection_is_none() throws Exception {
        try (var client = new Client(Protocol.POP3, "TLSv1.3", false);
                var other = new Client(Protocol.POP3, "TLSv1.3", false)) {
            var scram = ScramClient.builder()
                    .advertisedMechanisms(List.of("SCRAM-SHA-256-PLUS"))
                    .username("alice@here.example")
                    .password("secret".toCharArray())
                    .channelBinding("tls-exporter", binding(other.socket, "tls-exporter"))
                    .build();
            var first = client.ask("AUTH SCRAM-SHA-256-PLUS "
                    + encode(scram.clientFirstMessage().toString()));
            scram.serverFirstMessage(decode(first));
            assertThat(client.askInBase64(scram.clientFinalMessage().toString()))
                    .startsWith("-ERR [AUTH]");
        }
    }

    @Test
    void one_who_was_told_that_we_cannot_bind_is_turned_away() throws Exception {
        try (var client = new Client(Protocol.POP3, "TLSv1.3", false)) {
            assertThat(client.ask("AUTH SCRAM-SHA-256 " + encode("y,,n=alice@here.example,r=abc")))
                    .startsWith("-ERR [AUTH]");
        }
    }

    @Test
    void a_server_that_does_not_know_the_password_is_found_out() throws Exception {
        try (var client = new Client(Protocol.POP3, "TLSv1.3", false)) {
            var scram = ScramClient.builder()
                    .advertisedMechanisms(List.of("SCRAM-SHA-256"))
                    .username("alice@here.example")
                    .password("secret".toCharArray())
                    .build();
            var first = client.ask(
                    "AUTH SCRAM-SHA-256 " + encode(scram.clientFirstMessage().toString()));
            scram.serverFirstMessage(decode(first));
            scram.clientFinalMessage();
            assertThatThrownBy(() -> scram.serverFinalMessage("v=" + encode("somebody else's")))
                    .isInstanceOf(ScramException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n,,n=alice@here.example",
                "n,,m=x,n=alice@here.example,r=abc",
                "n,,n=ali=ce,r=abc",
                "x,,n=a,r=b",
                "",
                "\u0000"
            })
    void what_is_no_message_of_scram_ends_the_exchange(String message) throws Exception {
        try (var client = new Client(Protocol.POP3, "TLSv1.3", false)) {
            var sent = message.isEmpty() ? "=" : encode(message);
            assertThat(client.ask("AUTH SCRAM-SHA-256 " + sent))
                    .isEqualTo("-ERR That is no response of this mechanism");
            assertThat(client.ask("NOOP")).isEqualTo("-ERR Log in first");
        }
    }

    /** For good, and of anybody there, known or not; no password is asked for once more. */
    @ParameterizedTest
    @ValueSource(strings = {"carol@elsewhere.example", "nobody@elsewhere.example"})
    void who_has_no_keys_is_told_to_come_by_another_mechanism(String name) throws Exception {
        var first = encode("n,,n=" + name + ",r=abc");
        try (var pop3 = new Client(Protocol.POP3, "TLSv1.3", false);
                var imap = new Client(Protocol.IMAP, "TLSv1.3", false);
                var smtp = new Client(Protocol.SUBMISSION, "TLSv1.3", false)) {
            assertThat(pop3.ask("AUTH SCRAM-SHA-256 " + first))
                    .isEqualTo("-ERR [SYS/PERM] The passwords of this domain are kept elsewhere");
            assertThat(imap.ask("a AUTHENTICATE SCRAM-SHA-256 " + first))
                    .isEqualTo("a NO [CANNOT] The passwords of this domain are kept elsewhere");
            smtp.ask("HELO me.example");
            assertThat(smtp.ask("AUTH SCRAM-SHA-256 " + first))
                    .isEqualTo("504 5.5.4 The passwords of this domain are kept elsewhere");
        }
    }

    @Test
    void a_token_stands_for_a_password() throws Exception {
        try (var client = new Client(Protocol.POP3, "TLSv1.3", false)) {
            var refused = client.ask("AUTH OAUTHBEARER "
                    + encode("n,a=alice@here.example,\u0001auth=Bearer token-of-bob@here.example\u0001\u0001"));
            assertThat(decode(refused)).isEqualTo("{\"status\":\"invalid_token\"}");
            assertThat(client.askInBase64("\u0001")).startsWith("-ERR [AUTH]");
            assertThat(client.ask("AUTH OAUTHBEARER "
                            + encode("n,,\u0001auth=Bearer token-of-alice@here.example\u0001\u0001")))
                    .startsWith("+OK");
        }
        try (var client = new Client(Protocol.POP3, "TLSv1.3", false)) {
            assertThat(client.ask("AUTH XOAUTH2")).isEqualTo("+ ");
            assertThat(client.askInBase64(
                            "user=alice@here.example\u0001auth=Bearer token-of-alice@here.example\u0001\u0001"))
                    .startsWith("+OK");
        }
    }

    @Test
    void a_certificate_stands_for_a_password() throws Exception {
        try (var client = new Client(Protocol.POP3, "TLSv1.3", true)) {
            assertThat(client.list("CAPA"))
                    .contains(
                            "SASL EXTERNAL SCRAM-SHA-256-PLUS SCRAM-SHA-256 SCRAM-SHA-1-PLUS SCRAM-SHA-1 OAUTHBEARER XOAUTH2 PLAIN LOGIN");
            assertThat(client.ask("AUTH EXTERNAL " + encode("bob@here.example")))
                    .startsWith("-ERR [AUTH]");
            assertThat(client.ask("AUTH EXTERNAL =")).startsWith("+OK");
        }
        try (var client = new Client(Protocol.POP3, "TLSv1.3", false)) {
            assertThat(client.list("CAPA"))
                    .contains(
                            "SASL SCRAM-SHA-256-PLUS SCRAM-SHA-256 SCRAM-SHA-1-PLUS SCRAM-SHA-1 OAUTHBEARER XOAUTH2 PLAIN LOGIN");
            assertThat(client.ask("AUTH EXTERNAL =")).startsWith("-ERR No such mechanism here");
        }
    }

    /** One without keys, for which no ticket can be. */
    @Test
    void tickets_are_taken_while_there_is_a_keytab() throws Exception {
        assertThat(offered()).doesNotContain("GSSAPI");
        Files.write(KEYTAB, new byte[] {5, 2});
        assertThat(offered()).contains("GSSAPI");
        try (var client = new Client(Protocol.POP3, "TLSv1.3", false)) {
            assertThat(client.ask("AUTH GSSAPI")).isEqualTo("+ ");
            assertThat(client.askInBase64("no ticket")).startsWith("-ERR [AUTH] ");
            assertThat(client.ask("AUTH GSSAPI " + "A".repeat(12_000))).startsWith("-ERR [AUTH] ");
            assertThat(client.ask("AUTH GSSAPI =")).startsWith("-ERR [AUTH] ");
            assertThat(client.ask("AUTH PLAIN " + encode("\0alice@here.example\0secret")))
                    .startsWith("+OK");
        }
    }

    private String offered() throws Exception {
        try (var client = new Client(Protocol.POP3, "TLSv1.3", false)) {
            return client.list("CAPA").toString();
        }
    }

    @Test
    void the_same_mechanisms_are_had_by_imap_and_submission() throws Exception {
        try (var imap = new Client(Protocol.IMAP, "TLSv1.3", false)) {
            assertThat(imap.ask("a1 CAPABILITY")).contains("AUTH=SCRAM-SHA-256-PLUS AUTH=SCRAM-SHA-256");
            imap.in.readLine();
            assertThat(
                            imap.ask(
                                    "a2 AUTHENTICATE XOAUTH2 "
                                            + encode(
                                                    "user=alice@here.example\u0001auth=Bearer token-of-alice@here.example\u0001\u0001")))
                    .startsWith("a2 OK");
        }
        try (var smtp = new Client(Protocol.SUBMISSION, "TLSv1.3", false)) {
            var line = smtp.ask("EHLO me.example");
            var all = new StringBuilder(line);
            while (line.startsWith("250-")) {
                line = smtp.in.readLine();
                all.append('\n').append(line);
            }
            assertThat(all)
                    .contains(
                            "AUTH SCRAM-SHA-256-PLUS SCRAM-SHA-256 SCRAM-SHA-1-PLUS SCRAM-SHA-1 OAUTHBEARER XOAUTH2 PLAIN LOGIN");
            assertThat(smtp.ask("AUTH LOGIN")).isEqualTo("334 VXNlcm5hbWU6");
            assertThat(smtp.ask("*")).startsWith("501 5.7.0");
            assertThat(smtp.ask("AUTH OAUTHBEARER "
                            + encode("n,,\u0001auth=Bearer token-of-alice@here.example\u0001\u0001")))
                    .startsWith("235 2.7.0");
        }
    }
}
