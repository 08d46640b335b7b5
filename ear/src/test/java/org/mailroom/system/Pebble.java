package org.mailroom.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.mailroom.FreePort;
import org.mailroom.TestAuthority;
import org.mailroom.contract.relay.Authorities;

/** Debian's pebble: an authority that gives certificates by ACME, forgets all when it stops, and trusts one name server. */
final class Pebble implements AutoCloseable {
    private static final String SETTINGS = """
            {"pebble": {"listenAddress": "127.0.0.1:%d", "managementListenAddress": "127.0.0.1:%d",
              "certificate": "%s", "privateKey": "%s", "httpPort": %d, "tlsPort": 1, "ocspResponderURL": "",
              "externalAccountBindingRequired": false, "certificateValidityPeriod": %d}}
            """;

    private final Path home = Files.createTempDirectory("pebble");
    private final int port = FreePort.next();
    private final int management = FreePort.next();
    private final TestAuthority authority;
    private final Process process;

    /**
     * @param authority vouches for its web server
     * @param httpPort at which it asks the names
     * @param names its name server
     * @param life of its certificates
     */
    Pebble(TestAuthority authority, int httpPort, String names, Duration life) throws IOException {
        this.authority = authority;
        var card = authority.card("dns:localhost,dns:pebble" + port);
        var settings = home.resolve("pebble.json");
        Files.writeString(
                settings,
                SETTINGS.formatted(port, management, card.certificate(), card.key(), httpPort, life.toSeconds()));
        var builder = new ProcessBuilder("pebble", "-config", settings.toString(), "-dnsserver", names)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile());
        builder.environment().put("PEBBLE_VA_NOSLEEP", "1");
        // What was proved once is to be proved again.
        builder.environment().put("PEBBLE_AUTHZREUSE", "0");
        process = builder.start();
        try {
            Eventually.eventually("pebble answers", Duration.ofSeconds(20), () -> {
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

    String directory() {
        return "https://localhost:" + port + "/dir";
    }

    /** The certificate at the end of its chains, in PEM. */
    String root() throws Exception {
        var client = HttpClient.newBuilder()
                .sslContext(new Authorities(authority.certificate().toString()).context())
                .build();
        var question = HttpRequest.newBuilder(URI.create("https://localhost:" + management + "/roots/0"));
        return client.send(question.build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
