package org.mailroom.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Somebody else's mail exchanger, with STARTTLS and a certificate of its own making, and without 8BITMIME. */
final class SecureHost implements AutoCloseable {
    private static final char[] PASSWORD = "for tests".toCharArray();

    private final ServerSocket socket = new ServerSocket();
    private final SSLContext tls;
    private final String tlsa;
    private final List<String> messages = new CopyOnWriteArrayList<>();

    SecureHost(int port, Path directory) throws Exception {
        var file = directory.resolve("keys.p12");
        var made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "test",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=mx",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-validity",
                        "2")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (made.waitFor() != 0) {
            throw new IllegalStateException("keytool made no certificate");
        }
        var keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        var key = keys.getCertificate("test").getPublicKey().getEncoded();
        tlsa = "3 1 1 "
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key));
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Thread.startVirtualThread(this::accept);
    }

    /** What a zone says of its certificate. */
    String tlsa() {
        return tlsa;
    }

    List<String> messages() {
        return messages;
    }

    private void accept() {
        try {
            while (true) {
                var client = socket.accept();
                Thread.startVirtualThread(() -> serve(client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket plain) {
        try (plain) {
            Socket client = plain;
            var in = reader(client);
            say(client, "220 mx");
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("EHLO")) {
                    say(client, "250-mx\r\n250 STARTTLS");
                } else if (line.equals("STARTTLS")) {
                    say(client, "220 go");
                    client = secured(plain);
                    in = reader(client);
                } else if (line.equals("DATA")) {
                    say(client, "354 go");
                    messages.add(content(in));
                    say(client, "250 2.0.0 kept");
                } else {
                    say(client, "250 2.0.0 ok");
                }
            }
        } catch (IOException gone) {
            // The client hung up.
        }
    }

    private Socket secured(Socket plain) throws IOException {
        var socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, null, plain.getPort(), false);
        socket.setUseClientMode(false);
        socket.startHandshake();
        return socket;
    }

    private static BufferedReader reader(Socket client) throws IOException {
        return new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    private static String content(BufferedReader in) throws IOException {
        var content = new StringBuilder();
        for (var line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            content.append(line).append("\r\n");
        }
        return content.toString();
    }

    private static void say(Socket client, String text) throws IOException {
        client.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        client.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
