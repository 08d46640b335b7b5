package org.mailroom.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody else's mail server, which keeps what it is given or answers each RCPT as it was told to. */
final class RemoteServer implements AutoCloseable {
    private final ServerSocket socket;
    private final String rcptReply;
    private final List<String> messages = new CopyOnWriteArrayList<>();

    private RemoteServer(String rcptReply) throws IOException {
        this.rcptReply = rcptReply;
        this.socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    static RemoteServer sink() throws IOException {
        return new RemoteServer("250 2.1.5 taken");
    }

    static RemoteServer answering(String rcptReply) throws IOException {
        return new RemoteServer(rcptReply);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Everything that was accepted, dot-stuffing removed, lines ended by CRLF. */
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

    private void serve(Socket client) {
        try (client) {
            var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            say(client, "220 remote.test ESMTP");
            String line;
            while ((line = in.readLine()) != null) {
                var verb = line.toUpperCase(java.util.Locale.ROOT);
                if (verb.startsWith("EHLO")) {
                    say(client, "250-remote.test", "250-PIPELINING", "250 8BITMIME");
                } else if (verb.startsWith("RCPT")) {
                    say(client, rcptReply);
                } else if (verb.startsWith("DATA")) {
                    say(client, rcptReply.startsWith("2") ? "354 go ahead" : "554 5.5.1 no valid recipients");
                    if (rcptReply.startsWith("2")) {
                        messages.add(content(in));
                        say(client, "250 2.0.0 kept");
                    }
                } else if (verb.startsWith("QUIT")) {
                    say(client, "221 2.0.0 bye");
                    return;
                } else {
                    say(client, "250 2.0.0 ok");
                }
            }
        } catch (IOException gone) {
            // The client hung up.
        }
    }

    private static String content(BufferedReader in) throws IOException {
        var message = new StringBuilder();
        String line;
        while ((line = in.readLine()) != null && !line.equals(".")) {
            message.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        return message.toString();
    }

    private static void say(Socket client, String... lines) throws IOException {
        client.getOutputStream().write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
