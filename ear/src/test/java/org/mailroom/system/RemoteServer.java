package org.mailroom.system;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody else's mail server, which keeps what it is given or answers each RCPT as it was told to. */
final class RemoteServer implements AutoCloseable {
    private final ServerSocket socket;
    private final String rcptReply;
    private final Semaphore room;
    private final AtomicInteger reading = new AtomicInteger();
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<String> senders = new CopyOnWriteArrayList<>();

    private RemoteServer(String rcptReply, int port, int room) throws IOException {
        this.rcptReply = rcptReply;
        this.room = new Semaphore(room);
        this.socket = new ServerSocket(port, 200, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    static RemoteServer sink() throws IOException {
        return sink(0);
    }

    /** @param port 0: any */
    static RemoteServer sink(int port) throws IOException {
        return new RemoteServer("250 2.1.5 taken", port, Integer.MAX_VALUE);
    }

    /** Has clients wait at DATA until there is room. */
    static RemoteServer gate() throws IOException {
        return new RemoteServer("250 2.1.5 taken", 0, 0);
    }

    static RemoteServer answering(String rcptReply) throws IOException {
        return new RemoteServer(rcptReply, 0, Integer.MAX_VALUE);
    }

    /** Makes room for so many more messages. */
    void admit(int more) {
        room.release(more);
    }

    /** Whether it is reading no message just now. */
    boolean isQuiet() {
        return reading.get() == 0;
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Everything that was accepted, dot-stuffing removed, lines ended by CRLF. */
    List<String> messages() {
        return messages;
    }

    /** The reverse path of each transaction that was begun. */
    List<String> senders() {
        return senders;
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
            client.setTcpNoDelay(true);
            var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            say(client, "220 remote.test ESMTP");
            String line;
            while ((line = in.readLine()) != null) {
                var verb = line.toUpperCase(java.util.Locale.ROOT);
                if (verb.startsWith("EHLO")) {
                    say(client, "250-remote.test", "250-PIPELINING", "250 8BITMIME");
                } else if (verb.startsWith("MAIL FROM:<")) {
                    senders.add(line.substring("MAIL FROM:<".length(), line.indexOf('>')));
                    say(client, "250 2.1.0 ok");
                } else if (verb.startsWith("RCPT")) {
                    say(client, rcptReply);
                } else if (verb.startsWith("DATA")) {
                    if (rcptReply.startsWith("2")) {
                        data(client, in);
                    } else {
                        say(client, "554 5.5.1 no valid recipients");
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

    private void data(Socket client, BufferedReader in) throws IOException {
        room.acquireUninterruptibly();
        reading.incrementAndGet();
        boolean taken = false;
        try {
            say(client, "354 go ahead");
            taken = messages.add(content(in));
            say(client, "250 2.0.0 kept");
        } finally {
            reading.decrementAndGet();
            room.release(taken ? 0 : 1);
        }
    }

    private static String content(BufferedReader in) throws IOException {
        var message = new StringBuilder();
        String line;
        while ((line = in.readLine()) != null) {
            if (line.equals(".")) {
                return message.toString();
            }
            message.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        throw new EOFException("no final dot");
    }

    private static void say(Socket client, String... lines) throws IOException {
        client.getOutputStream().write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
