package org.mailroom.system;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Somebody else's mail exchanger. At each step of the conversation it does what it was told, once for each time it was told so,
 * and otherwise what a good host does.
 */
final class ForeignHost implements AutoCloseable {
    /** Before the first word. */
    static final String GREETING = "";

    /** After the final dot. */
    static final String DOT = ".";

    private final ServerSocket socket = new ServerSocket();
    private final Map<String, Queue<Deed>> deeds = new ConcurrentHashMap<>();
    private final List<String> offers = new CopyOnWriteArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<Socket> guests = new CopyOnWriteArrayList<>();
    private final Thread door;
    private volatile @Nullable SSLContext certificate;
    private volatile String login = "";
    private volatile boolean implicit;

    /** What a host does in place of its answer. */
    interface Deed {
        void perform(Conversation conversation) throws IOException;
    }

    ForeignHost(String address, int port) throws IOException {
        socket.bind(new InetSocketAddress(address, port));
        door = Thread.startVirtualThread(this::accept);
    }

    static Deed say(String... lines) {
        return conversation -> conversation.say(String.join("\r\n", lines));
    }

    static Deed hangUp() {
        return conversation -> {
            throw new EOFException("as it was told");
        };
    }

    /** Says nothing until the other side goes. */
    static Deed stall() {
        return conversation -> conversation.in.transferTo(java.io.Writer.nullWriter());
    }

    /** The next times that it hears the verb, or reaches one of the steps named above. */
    ForeignHost at(String step, Deed... does) {
        deeds.computeIfAbsent(step, none -> new ConcurrentLinkedQueue<>()).addAll(List.of(does));
        return this;
    }

    /** Does what a good host does again. */
    void mended(String step) {
        deeds.remove(step);
    }

    ForeignHost offering(String... extensions) {
        offers.addAll(List.of(extensions));
        return this;
    }

    ForeignHost secured(SelfSigned by) {
        return secured(by.context());
    }

    ForeignHost secured(SSLContext by) {
        certificate = by;
        return this;
    }

    /** TLS comes before the first word. */
    ForeignHost fromTheStart() {
        implicit = true;
        return this;
    }

    /** Takes mail only from one who logged in by AUTH PLAIN, which it offers with TLS and without. */
    ForeignHost demandingLogin(String user, String password) {
        login = "PLAIN "
                + Base64.getEncoder().encodeToString(("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8));
        return this;
    }

    int port() {
        return socket.getLocalPort();
    }

    String address() {
        return socket.getInetAddress().getHostAddress();
    }

    /** What it took, dot-stuffing removed. */
    List<String> messages() {
        return messages;
    }

    /** Every command, of all connections. */
    List<String> heard() {
        return heard;
    }

    int connections() {
        return guests.size();
    }

    private void accept() {
        try {
            while (true) {
                var guest = socket.accept();
                guests.add(guest);
                Thread.startVirtualThread(() -> serve(guest));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket guest) {
        try (guest) {
            new Conversation(guest).hold();
        } catch (IOException gone) {
            // One of the two hung up.
        }
    }

    /** With one client. */
    final class Conversation {
        private final Socket plain;
        private Socket current;
        private BufferedReader in;
        private boolean known;
        private final Queue<String> recipients = new ArrayDeque<>();

        private Conversation(Socket socket) throws IOException {
            plain = socket;
            current = socket;
            in = reader();
        }

        private void hold() throws IOException {
            if (implicit) {
                handshake();
            }
            step(GREETING, "220 mx.foreign.test");
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                heard.add(line);
                var verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
                switch (verb) {
                    case "EHLO" -> step(verb, welcome());
                    case "STARTTLS" -> secure();
                    case "AUTH" -> {
                        known = line.equals("AUTH " + login);
                        step(verb, known ? "235 2.7.0 welcome" : "535 5.7.8 wrong password");
                    }
                    case "MAIL" -> {
                        recipients.clear();
                        step(verb, known || login.isEmpty() ? "250 2.1.0 ok" : "530 5.7.0 log in first");
                    }
                    case "RCPT" -> recipient();
                    case "DATA" -> data();
                    case "QUIT" -> {
                        say("221 2.0.0 bye");
                        return;
                    }
                    default -> step(verb, "250 2.0.0 ok");
                }
            }
        }

        /** Says the usual, or does what it was told; true where it said the usual. */
        private boolean step(String step, String usual) throws IOException {
            var told = deeds.get(step);
            var deed = told == null ? null : told.poll();
            if (deed == null) {
                say(usual);
                return true;
            }
            deed.perform(this);
            return false;
        }

        private String welcome() {
            var lines = new StringBuilder("250-mx.foreign.test\r\n");
            if (!login.isEmpty()) {
                lines.append("250-AUTH PLAIN LOGIN\r\n");
            }
            offers.forEach(offer -> lines.append("250-").append(offer).append("\r\n"));
            if (certificate != null && current == plain) {
                lines.append("250-STARTTLS\r\n");
            }
            return lines + "250 HELP";
        }

        private void secure() throws IOException {
            if (certificate != null && step("STARTTLS", "220 go")) {
                handshake();
            }
        }

        private void handshake() throws IOException {
            var by = java.util.Objects.requireNonNull(certificate);
            var secure = (SSLSocket) by.getSocketFactory().createSocket(plain, null, plain.getPort(), false);
            secure.setUseClientMode(false);
            secure.startHandshake();
            current = secure;
            in = reader();
        }

        private void recipient() throws IOException {
            if (step("RCPT", "250 2.1.5 ok")) {
                recipients.add("taken");
            }
        }

        private void data() throws IOException {
            if (recipients.isEmpty()) {
                say("554 5.5.1 no valid recipients");
            } else if (step("DATA", "354 go")) {
                var content = content();
                // Kept by then, whatever is said of it.
                messages.add(content);
                step(DOT, "250 2.0.0 kept");
            }
        }

        private String content() throws IOException {
            var content = new StringBuilder();
            for (var line = in.readLine(); !DOT.equals(line); line = in.readLine()) {
                if (line == null) {
                    throw new EOFException("in the message");
                }
                content.append(line.startsWith(DOT) ? line.substring(1) : line).append("\r\n");
            }
            return content.toString();
        }

        private BufferedReader reader() throws IOException {
            return new BufferedReader(new InputStreamReader(current.getInputStream(), StandardCharsets.ISO_8859_1));
        }

        private void say(String text) throws IOException {
            current.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            current.getOutputStream().flush();
        }
    }

    /** Ends all conversations. */
    @Override
    public void close() throws IOException {
        socket.close();
        for (var guest : guests) {
            guest.close();
        }
        try {
            // Whoever waits for guests gives the port back; the next host here may want it at once.
            door.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
