package org.mailroom.connector.relay;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A mail host that does what a test wants, right or wrong: each connection plays the next script. */
final class ScriptedHost implements AutoCloseable {
    /** What the host does with one connection, which is closed behind it. */
    interface Script {
        void play(Guest guest) throws Exception;
    }

    private final ServerSocket server;
    private final Queue<Script> scripts = new ArrayDeque<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Throwable> troubles = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    /** Everything that was heard, on all connections, without line ends. */
    final List<String> heard = new CopyOnWriteArrayList<>();

    ScriptedHost(Script... plays) throws IOException {
        scripts.addAll(List.of(plays));
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.add(Thread.ofVirtual().start(this::accept));
    }

    int port() {
        return server.getLocalPort();
    }

    int connections() {
        return sockets.size();
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                sockets.add(socket);
                var script = scripts.poll();
                threads.add(Thread.ofVirtual().start(() -> play(script, socket)));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void play(@Nullable Script script, Socket socket) {
        try (socket) {
            if (script == null) {
                throw new AssertionError("one connection too many");
            }
            script.play(new Guest(socket));
        } catch (Throwable e) {
            if (!server.isClosed()) {
                troubles.add(e);
            }
        }
    }

    /** Throws what went wrong in a script. */
    @Override
    public void close() throws Exception {
        server.close();
        for (var socket : sockets) {
            socket.close();
        }
        for (var thread : threads) {
            thread.join();
        }
        if (!troubles.isEmpty()) {
            throw new AssertionError("a script came to an unexpected point; heard " + heard, troubles.getFirst());
        }
    }

    /** The client, as the script sees it. */
    final class Guest {
        private final Socket plain;
        private InputStream in;
        private OutputStream out;

        private Guest(Socket socket) throws IOException {
            plain = socket;
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        }

        /** Sends lines; CRLF is added to each. */
        Guest say(String... lines) throws IOException {
            return sayRaw(String.join("\r\n", lines) + "\r\n");
        }

        Guest sayRaw(String octets) throws IOException {
            out.write(octets.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return this;
        }

        /** Whether or not anybody is there. */
        void sayUnheard(String octets) {
            try {
                sayRaw(octets);
            } catch (IOException closed) {
                // As was to be expected at some time.
            }
        }

        /** The next line must begin so. */
        Guest hear(String start) throws IOException {
            var line = line();
            if (line == null || !line.startsWith(start)) {
                throw new AssertionError("expected " + start + ", heard " + line);
            }
            return this;
        }

        /** Greets and offers extensions. */
        Guest welcome(String... extensions) throws IOException {
            return say("220 scripted.example")
                    .hear("EHLO us.example")
                    .say("250-scripted.example")
                    .offer(extensions);
        }

        Guest offer(String... extensions) throws IOException {
            for (var extension : extensions) {
                say("250-" + extension);
            }
            return say("250 HELP");
        }

        /** Answers commands one by one. */
        Guest answer(String command, String reply) throws IOException {
            return hear(command).say(reply);
        }

        /** Takes a message with one recipient up to the final dot, which is not answered. */
        Guest takeMessage() throws IOException {
            answer("MAIL", "250 ok").answer("RCPT", "250 ok").answer("DATA", "354 go on");
            content();
            return this;
        }

        /** Octets up to the final dot, as they came. */
        String content() throws IOException {
            var content = new StringBuilder("\r\n");
            while (content.length() < 5
                    || !content.substring(content.length() - 5).equals("\r\n.\r\n")) {
                int octet = in.read();
                if (octet < 0) {
                    throw new AssertionError("closed in the message after " + content.length() + " octets");
                }
                content.append((char) octet);
            }
            heard.add(content.substring(2));
            return content.substring(2);
        }

        Guest secure(SSLContext context) throws IOException {
            var socket = (SSLSocket) context.getSocketFactory().createSocket(plain, null, plain.getPort(), false);
            socket.setUseClientMode(false);
            socket.startHandshake();
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
            return this;
        }

        /** Reads until the client closes. */
        void waitForEnd() {
            try {
                while (in.read() >= 0) {
                    // What he still says does not matter.
                }
            } catch (IOException closed) {
                // That too is an end.
            }
        }

        /** Closes with a reset, as a crashed host does. */
        void reset() throws IOException {
            plain.setSoLinger(true, 0);
            plain.close();
        }

        /** So many octets, one a character. */
        String octets(int count) throws IOException {
            return new String(in.readNBytes(count), StandardCharsets.ISO_8859_1);
        }

        @Nullable
        String line() throws IOException {
            var line = new ByteArrayOutputStream();
            while (true) {
                int octet = in.read();
                if (octet < 0) {
                    return null;
                }
                if (octet == '\n') {
                    var text = line.toString(StandardCharsets.UTF_8).stripTrailing();
                    heard.add(text);
                    return text;
                }
                line.write(octet);
            }
        }
    }
}
