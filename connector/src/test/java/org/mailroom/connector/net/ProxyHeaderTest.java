package org.mailroom.connector.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.wire.WireSettings.PlaintextLogin;

/** PROXY, versions 1 and 2, on a listener whose session says whom it takes the client for. */
class ProxyHeaderTest {
    private static final String SIGNATURE = "0D0A0D0A000D0A515549540A";

    @TempDir
    Path folder;

    private NetServer server;

    @AfterEach
    void stop() {
        server.stop(java.time.Duration.ofSeconds(5));
    }

    private InetSocketAddress open(boolean tls, String... proxies) throws Exception {
        var settings = new TestSettings()
                .listen(Protocol.SMTP, tls)
                .plaintext(PlaintextLogin.LOOPBACK)
                .proxies(proxies)
                .tls(TestPem.write(folder, "mx.example"));
        server = NetServer.open(settings.build(), Map.of(Protocol.SMTP, new Naming()));
        return server.listeners().getFirst().address();
    }

    /** Greets with what it knows of the client, and repeats what it is told. */
    private record Naming() implements ProtocolServer {
        @Override
        public Session open(Connection connection) {
            return new Session() {
                @Override
                public void greet() {
                    connection.framer(CommandFramer.lines(100));
                    connection.write(connection.client().getAddress().getHostAddress() + " "
                            + connection.client().getPort() + " " + connection.passwordAllowed() + "\r\n");
                }

                @Override
                public void received(Input input) {
                    connection.write(input instanceof Input.Command(var line) ? new String(line) + "\r\n" : "bad\r\n");
                }

                @Override
                public void closed() {}
            };
        }

        @Override
        public String farewell(Farewell why) {
            return why + "\r\n";
        }
    }

    private static byte[] version2(String hex) {
        return HexFormat.of().parseHex(SIGNATURE + hex.replace(" ", ""));
    }

    @Test
    void version_1_names_the_client_and_its_words_follow() throws Exception {
        try (var client = Telnet.to(open(false, "127.0.0.0/8"))) {
            client.send("PROXY TCP4 192.0.2.7 198.51.100.1 4711 25\r\nhello\r\n");
            assertThat(client.line()).isEqualTo("192.0.2.7 4711 false");
            assertThat(client.line()).isEqualTo("hello");
        }
    }

    @Test
    void version_1_in_single_octets_and_with_ipv6() throws Exception {
        try (var client = Telnet.to(open(false, "127.0.0.1"))) {
            for (var octet : "PROXY TCP6 2001:db8::7 2001:db8::1 4711 25\r\n".split("")) {
                client.send(octet);
            }
            assertThat(client.line()).isEqualTo("2001:db8:0:0:0:0:0:7 4711 false");
        }
    }

    @Test
    void version_2_names_the_client() throws Exception {
        try (var client = Telnet.to(open(false, "127.0.0.1"))) {
            client.send(version2("21 11 000C C0000207 C6336401 1267 0019"));
            assertThat(client.line()).isEqualTo("192.0.2.7 4711 false");
            assertThat(server.sessions().getFirst().client().getPort()).isEqualTo(4711);
        }
    }

    @Test
    void a_proxy_that_looks_whether_we_live_speaks_for_itself() throws Exception {
        var address = open(false, "127.0.0.1");
        try (var local = Telnet.to(address);
                var unknown = Telnet.to(address)) {
            local.send(version2("20 00 0000"));
            assertThat(local.line()).startsWith("127.0.0.1 ").endsWith(" true");
            unknown.send("PROXY UNKNOWN\r\n");
            assertThat(unknown.line()).startsWith("127.0.0.1 ").endsWith(" true");
        }
    }

    @Test
    void tls_comes_behind_the_header() throws Exception {
        try (var client = Telnet.to(open(true, "127.0.0.1"))) {
            client.send(version2("21 11 000C C0000207 C6336401 1267 0019")).secure();
            assertThat(client.line()).isEqualTo("192.0.2.7 4711 true");
            client.send("hello\r\n");
            assertThat(client.line()).isEqualTo("hello");
        }
    }

    @Test
    void from_elsewhere_it_is_a_bad_command() throws Exception {
        try (var client = Telnet.to(open(false, "192.0.2.0/24"))) {
            assertThat(client.line()).startsWith("127.0.0.1 ");
            client.send("PROXY TCP4 192.0.2.7 198.51.100.1 4711 25\r\n");
            assertThat(client.line()).isEqualTo("PROXY TCP4 192.0.2.7 198.51.100.1 4711 25");
            client.send(version2("21 11 000C C0000207 C6336401 1267 0019")).send("\r\n");
            assertThat(client.line()).isEmpty();
        }
    }

    @Test
    void without_a_sound_header_nobody_is_let_in() throws Exception {
        var address = open(false, "127.0.0.1");
        for (var header : new String[] {
            "EHLO client.example\r\n",
            "PROXY TCP4 here there 1 2\r\n",
            "PROXY TCP4 " + "1".repeat(200),
            "\r\n\r\n\r\n\r\n\r\n\r\n\r\n"
        }) {
            try (var client = Telnet.to(address)) {
                client.send(header);
                assertThat(client.atEnd()).as(header).isTrue();
            }
        }
        assertThat(server.sessions()).isEmpty();
    }

    @Test
    void the_limit_of_an_address_is_that_of_the_client() throws Exception {
        var settings = new TestSettings()
                .listen(Protocol.SMTP, false)
                .proxies("127.0.0.1")
                .limits(Altered.of(TestSettings.LIMITS, Map.of("connectionsPerAddress", 1)));
        server = NetServer.open(settings.build(), Map.of(Protocol.SMTP, new Naming()));
        var address = server.listeners().getFirst().address();
        try (var one = Telnet.to(address);
                var other = Telnet.to(address);
                var again = Telnet.to(address)) {
            one.send("PROXY TCP4 192.0.2.7 198.51.100.1 4711 25\r\n");
            assertThat(one.line()).startsWith("192.0.2.7");
            other.send("PROXY TCP4 192.0.2.8 198.51.100.1 4711 25\r\n");
            assertThat(other.line()).startsWith("192.0.2.8");
            again.send("PROXY TCP4 192.0.2.7 198.51.100.1 4712 25\r\n");
            assertThat(again.line()).isEqualTo("TOO_MANY_FROM_ADDRESS");
        }
    }
}
