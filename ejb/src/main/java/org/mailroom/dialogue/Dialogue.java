package org.mailroom.dialogue;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.wire.Veil;

/**
 * One connection, led by hand: lines go out as they are typed, and come in as they are said. TLS begins where the other side agrees
 * to STARTTLS or STLS. Whoever does not greet like a mail server is told nothing at all. Bounded in time, lines and octets.
 */
public final class Dialogue implements AutoCloseable {
    private static final int CONNECT = 10_000;
    /** RFC 5321 §4.5.3.2.1 wants five minutes; nobody sits that long before a page. */
    private static final int GREETING = 60_000;

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int MOST_LINES = 2_000;
    private static final int LONGEST_LINE = 4_096;
    private static final int MOST_OCTETS = 1 << 20;

    /** RFC 5321 §3.1, RFC 1939 §4, RFC 9051 §7.1. */
    private static final Pattern GREETINGS =
            Pattern.compile("[2-5]\\d\\d[ -].*|[2-5]\\d\\d|\\+OK.*|-ERR.*|\\* (OK|PREAUTH|BYE)\\b.*");

    private static final Pattern AGREED = Pattern.compile("220([ -].*)?|\\+OK.*|\\S+ OK .*");

    private final String host;
    private final boolean tls;
    private final Instant until = Instant.now().plus(LONGEST);
    private final Veil veil;
    private final List<Line> lines = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Held while octets leave; not the lock above, for a host that reads nothing must not stop those who look. */
    private final ReentrantLock writing = new ReentrantLock();

    private volatile Socket socket;
    private InputStream in;
    private int octets;
    private volatile boolean greeted;
    private boolean tlsAsked;
    private boolean text;
    private boolean closed;

    private static final class Enough extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private Dialogue(String host, Protocol protocol, Socket socket, boolean tls) throws IOException {
        this.host = host;
        this.tls = tls;
        this.socket = socket;
        veil = new Veil(protocol);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** @param tls whether TLS comes before the first line */
    public static Dialogue open(String host, Protocol protocol, InetSocketAddress address, boolean tls)
            throws IOException {
        var socket = new Socket();
        try {
            socket.connect(address, CONNECT);
            socket.setSoTimeout(GREETING);
            var dialogue = new Dialogue(host, protocol, socket, tls);
            dialogue.tell(Line.Kind.CONNECTED, address.getAddress().getHostAddress() + ":" + address.getPort());
            return dialogue;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Reads until the other side ends it; for a thread of its own. */
    public void listen() {
        try {
            if (tls) {
                encrypt();
            }
            for (var line = line(); line != null; line = line()) {
                heard(line);
            }
            tell(Line.Kind.ENDED, "");
        } catch (SocketTimeoutException | Enough e) {
            tell(Line.Kind.OVER, "");
        } catch (IOException e) {
            if (!closed()) {
                tell(Line.Kind.BROKEN, String.valueOf(e.getMessage()));
            }
        } finally {
            close();
        }
    }

    private void heard(String line) throws IOException {
        if (!greeted && !GREETINGS.matcher(line).matches()) {
            tell(Line.Kind.STRANGER, "");
            close();
            return;
        }
        boolean encrypt;
        lock.lock();
        try {
            greeted = true;
            encrypt = tlsAsked && AGREED.matcher(line).matches();
            tlsAsked = tlsAsked && line.startsWith("*");
            text = text || line.startsWith("354");
            tell(Line.Kind.RECEIVED, veil.received(line));
        } finally {
            lock.unlock();
        }
        if (encrypt) {
            encrypt();
        }
        socket.setSoTimeout(
                (int) Math.max(1, Duration.between(Instant.now(), until).toMillis()));
    }

    /** What was said in the clear before counts no more: nothing that is buffered goes on (CVE-2011-0411). */
    private void encrypt() throws IOException {
        writing.lock();
        try {
            var secured = Encryption.begin(socket, host, this::tell);
            socket = secured;
            in = new BufferedInputStream(secured.getInputStream());
        } finally {
            writing.unlock();
        }
    }

    private @Nullable String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            if (++octets > MOST_OCTETS) {
                throw new Enough();
            }
            if (octet == '\n' || line.size() == LONGEST_LINE) {
                return text(line);
            }
            line.write(octet);
        }
        return line.size() == 0 ? null : text(line);
    }

    private static String text(ByteArrayOutputStream line) {
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    /**
     * Sends a line and CRLF. The transcript hides what logs in.
     *
     * @throws IOException where nobody listens any more, or has not greeted yet
     */
    public void send(String typed) throws IOException {
        var line =
                (typed.length() > LONGEST_LINE ? typed.substring(0, LONGEST_LINE) : typed).replaceAll("[\\r\\n]", " ");
        lock.lock();
        try {
            if (closed) {
                throw new IOException("the connection has ended");
            }
            if (!greeted) {
                throw new IOException("the host has not greeted yet");
            }
            note(line);
        } finally {
            lock.unlock();
        }
        writing.lock();
        try {
            OutputStream out = socket.getOutputStream();
            out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } finally {
            writing.unlock();
        }
    }

    private void note(String line) {
        var command = line.strip().toUpperCase(Locale.ROOT);
        tlsAsked = !text && (command.equals("STLS") || command.equals("STARTTLS") || command.matches("\\S+ STARTTLS"));
        // His own message, which he types to see what becomes of it.
        tell(Line.Kind.SENT, text ? line : veil.sent(line));
        text = text && !line.equals(".");
    }

    private void tell(Line.Kind kind, String words) {
        lock.lock();
        try {
            if (lines.size() < MOST_LINES) {
                lines.add(new Line(Instant.now(), kind, words));
                changed.signalAll();
                return;
            }
        } finally {
            lock.unlock();
        }
        close();
    }

    public List<Line> lines() {
        lock.lock();
        try {
            return List.copyOf(lines);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there are more lines than were seen and the other side has spoken last, for so long at most. */
    public void awaitReply(int seen, Duration longest) throws InterruptedException {
        long left = longest.toNanos();
        lock.lock();
        try {
            while (left > 0
                    && !closed
                    && (lines.size() <= seen || lines.getLast().kind() == Line.Kind.SENT)) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits likewise for any line; how many there are then, or -1 where there will be no more. */
    public int await(int seen, Duration longest) throws InterruptedException {
        long left = longest.toNanos();
        lock.lock();
        try {
            while (left > 0 && !closed && lines.size() <= seen) {
                left = changed.awaitNanos(left);
            }
            return closed && lines.size() <= seen ? -1 : lines.size();
        } finally {
            lock.unlock();
        }
    }

    public boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** When nobody may speak any more. */
    public Instant until() {
        return until;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
