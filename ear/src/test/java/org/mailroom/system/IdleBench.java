package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/**
 * What a connection costs that waits in IDLE (RFC 2177): the server's heap after a full collection, before and with so many
 * of them. Prints octets a connection; {@code -Dbench.idle=10000}, of which a fifth again with TLS.
 */
class IdleBench {
    private static final int CONNECTIONS = Integer.getInteger("bench.idle", 10_000);
    private static final int ACCOUNTS = 100;

    private final Mailroom server = Mailroom.server();
    private final List<String> accounts = new ArrayList<>();

    @Test
    void idle_connections() throws Exception {
        for (int i = 0; i < ACCOUNTS; i++) {
            accounts.add(server.account("idle" + i));
        }
        // Whatever is loaded and cached once is no cost of a connection.
        measure("warm-up", ACCOUNTS, () -> new Socket("127.0.0.1", server.port("imap")));
        measure("without TLS", CONNECTIONS, () -> new Socket("127.0.0.1", server.port("imap")));
        var tls = trusting(server.home().resolve("tls/certificate.pem"));
        measure(
                "with TLS",
                CONNECTIONS / 5,
                () -> tls.getSocketFactory().createSocket("127.0.0.1", server.port("imaps")));
    }

    static SSLContext trusting(Path certificate) throws Exception {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (var in = Files.newInputStream(certificate)) {
            trusted.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private void measure(String name, int connections, Callable<Socket> dial) throws Exception {
        long before = liveOctets();
        var sockets = new ArrayList<Socket>();
        try (var executor = Executors.newFixedThreadPool(8)) {
            var dialled = new ArrayList<Future<Socket>>();
            for (int i = 0; i < connections; i++) {
                var account = accounts.get(i % ACCOUNTS);
                dialled.add(executor.submit(() -> idle(dial.call(), account)));
            }
            for (var socket : dialled) {
                sockets.add(socket.get());
            }
        }
        long octets = liveOctets() - before;
        System.out.printf("IDLE %s: %d connections, %d octets of heap each%n", name, connections, octets / connections);
        for (var socket : sockets) {
            socket.close();
        }
    }

    private static Socket idle(Socket socket, String account) throws IOException {
        socket.setSoTimeout(60_000);
        line(socket);
        say(socket, "a LOGIN " + account + " " + Mailroom.password(account), "a OK");
        say(socket, "b SELECT INBOX", "b OK");
        say(socket, "c IDLE", "+ ");
        return socket;
    }

    private static void say(Socket socket, String command, String end) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        var line = line(socket);
        while (!line.startsWith(end)) {
            assertThat(line).startsWith("* ");
            line = line(socket);
        }
    }

    private static String line(Socket socket) throws IOException {
        var line = new StringBuilder();
        for (int octet = socket.getInputStream().read();
                octet != '\n';
                octet = socket.getInputStream().read()) {
            assertThat(octet).isNotNegative();
            line.append((char) octet);
        }
        return line.toString();
    }

    /** What lives in the server's heap; counting it collects the rest. */
    private long liveOctets() throws Exception {
        var home = server.home().toString();
        var pid = ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("instanceRoot=" + home))
                        .isPresent())
                .findFirst()
                .orElseThrow()
                .pid();
        var jcmd = ProcessHandle.current().info().command().orElseThrow().replaceAll("java$", "jcmd");
        var process = new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        var lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines();
        var total = lines.filter(line -> line.startsWith("Total")).findFirst().orElseThrow();
        return Long.parseLong(total.trim().split("\\s+")[2]);
    }
}
