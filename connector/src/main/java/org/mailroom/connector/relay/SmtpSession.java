package org.mailroom.connector.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.mailroom.contract.relay.DeliveryReport.Proof;
import org.mailroom.contract.relay.Extensions;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.contract.relay.RelayTarget;
import org.mailroom.contract.relay.RelayTimeouts;

/** Commands and replies over one socket, and what the remote offers. Knows nothing of messages. */
final class SmtpSession {
    private final RelayTarget target;
    private final RelayTimeouts timeouts;
    private final RemoteSocket socket;
    private ReplyReader replies;
    private Extensions extensions = Extensions.NONE;
    private String unsecured = "";
    private String step = "the greeting";
    private int messages;
    private boolean inTransaction;
    private boolean broken;

    SmtpSession(RelayTarget target, RelayTimeouts timeouts) throws IOException {
        this.target = target;
        this.timeouts = timeouts;
        this.socket = RemoteSocket.connect(target, timeouts.connect());
        this.replies = new ReplyReader(socket.in());
    }

    RelayTimeouts timeouts() {
        return timeouts;
    }

    /** Protocol and cipher suite; in the clear, why TLS did not come about, or empty where it was not offered. */
    String tls() {
        return socket.tls().isEmpty() ? unsecured : socket.tls();
    }

    boolean isSecure() {
        return !socket.tls().isEmpty();
    }

    Proof proof() {
        return socket.proof();
    }

    boolean speaksLmtp() {
        return target.protocol() == RelayTarget.Protocol.LMTP;
    }

    /** TLS was tried in vain on the way here. */
    void unsecured(String why) {
        unsecured = "in the clear: " + why;
    }

    /** Whether a message was tried here before. */
    boolean isUsed() {
        return messages > 0;
    }

    boolean isBroken() {
        return broken;
    }

    boolean offers(String extension) {
        return extensions.has(extension);
    }

    Extensions extensions() {
        return extensions;
    }

    Reply greeting() throws IOException {
        return reply(timeouts.greeting());
    }

    /** EHLO, or HELO for those who do not know it (RFC 5321 §3.2). */
    Reply hello() throws IOException {
        extensions = Extensions.NONE;
        var reply = ask((speaksLmtp() ? "LHLO " : "EHLO ") + target.helo(), timeouts.command());
        if (reply.code() / 100 == 5 && !speaksLmtp()) {
            return ask("HELO " + target.helo(), timeouts.command());
        }
        if (reply.isPositive()) {
            extensions = new Extensions(extensionsOf(reply.lines()));
        }
        return reply;
    }

    /** RFC 5321 §4.1.1.1: the first line is a greeting, each other one keyword with its parameters. */
    private static Map<String, String> extensionsOf(List<String> lines) {
        var extensions = new HashMap<String, String>();
        for (var line : lines.subList(1, lines.size())) {
            int space = line.indexOf(' ');
            var keyword = space < 0 ? line : line.substring(0, space);
            extensions.put(
                    keyword.strip().toUpperCase(Locale.ROOT),
                    space < 0 ? "" : line.substring(space + 1).strip());
        }
        return extensions;
    }

    /** After the 220 to STARTTLS, or before anything was said. */
    void secure(RelayTls contexts) throws IOException {
        step = "the TLS handshake";
        if (replies.hasMore()) {
            // Somebody put words into the remote's mouth that would seem to have come under TLS (CVE-2021-38371 and its
            // kin).
            throw new SSLException("octets in the clear after STARTTLS");
        }
        socket.secure(contexts, target, timeouts.handshake());
        replies = new ReplyReader(socket.in());
    }

    Reply ask(String command, Duration limit) throws IOException {
        write(List.of(command), limit);
        return reply(limit);
    }

    /** Sends commands at once, each to be answered by a reply (RFC 2920). */
    void write(List<String> commands, Duration limit) throws IOException {
        var octets = new ByteArrayOutputStream();
        for (var command : commands) {
            octets.writeBytes(command.getBytes(StandardCharsets.UTF_8));
            octets.write('\r');
            octets.write('\n');
        }
        step = verb(commands.getFirst());
        write(octets.toByteArray(), octets.size(), limit);
    }

    private static String verb(String command) {
        int space = command.indexOf(' ');
        return space < 0 ? command : command.substring(0, space);
    }

    void write(byte[] octets, int length, Duration limit) throws IOException {
        socket.within(limit, () -> {
            socket.out().write(octets, 0, length);
            socket.out().flush();
            return length;
        });
    }

    Reply reply(Duration limit) throws IOException {
        var reply = socket.within(limit, replies::read);
        broken |= reply.code() == Reply.CLOSING;
        return reply;
    }

    /** Names what is being done, for the text of an outcome. */
    void at(String newStep) {
        step = newStep;
    }

    /** A message is begun: whatever the last one left behind is undone. */
    void begin() throws IOException {
        messages++;
        if (inTransaction) {
            var reply = ask("RSET", timeouts.command());
            if (!reply.isPositive()) {
                throw new MalformedReplyException("RSET refused: " + reply.text());
            }
        }
        inTransaction = true;
    }

    /** The final dot was answered, so nothing is left behind (RFC 5321 §4.1.1.4). */
    void end() {
        inTransaction = false;
    }

    /** Says QUIT, where there is somebody to hear it, and closes. */
    void quit() {
        try {
            if (!broken) {
                ask("QUIT", timeouts.quit());
            }
        } catch (IOException e) {
            // RFC 5321 §4.1.1.10 wants QUIT said; whoever is gone cannot hear it.
        } finally {
            abandon();
        }
    }

    /** Closes without a word: what is half said must not be completed. */
    void abandon() {
        broken = true;
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing depends on it any more.
        }
    }

    /** What trouble on the line means for those who were not answered for. */
    Outcome trouble(IOException trouble) {
        return trouble(target, step, trouble);
    }

    static Outcome trouble(RelayTarget target, String step, IOException trouble) {
        // RFC 3463: X.4.1 no answer from host, X.4.2 bad connection, X.5.0 protocol, X.7.5 cryptography.
        var status = switch (trouble) {
            case MalformedReplyException e -> "4.5.0";
            case SSLException e -> "4.7.5";
            case ConnectException e -> "4.4.1";
            case NoRouteToHostException e -> "4.4.1";
            case SocketTimeoutException e when step.isEmpty() -> "4.4.1";
            default -> "4.4.2";
        };
        var what = trouble.getMessage() == null ? trouble.getClass().getSimpleName() : trouble.getMessage();
        var text = target.where() + (step.isEmpty() ? ": " : " at " + step + ": ") + what;
        return new Outcome(Outcome.Kind.DEFERRED, 0, status, SafeText.of(text));
    }
}
