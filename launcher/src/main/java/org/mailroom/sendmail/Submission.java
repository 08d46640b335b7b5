package org.mailroom.sendmail;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A session with the submission service (RFC 6409), logged in. */
final class Submission implements Closeable {
    private static final int PATIENCE = 30_000;

    /** RFC 5321 §4.5.3.2.6: the answer to the final dot may take this long. */
    private static final int LONG_PATIENCE = 600_000;

    private static final int LONGEST_REPLY = 64 * 1024;

    /** What a server said. */
    record Reply(int code, String text) {
        boolean isGood() {
            return code < 400;
        }
    }

    private Socket socket;
    private final Set<String> offers = new HashSet<>();

    private Submission(Socket socket) {
        this.socket = socket;
    }

    static Submission open(Credentials credentials) throws SendmailException {
        var socket = new Socket();
        try {
            socket.setSoTimeout(PATIENCE);
            socket.connect(new InetSocketAddress(credentials.host(), credentials.port()), PATIENCE);
            var submission = new Submission(socket);
            submission.good(submission.reply());
            submission.greet();
            submission.encrypt(credentials);
            submission.login(credentials);
            return submission;
        } catch (IOException e) {
            throw new SendmailException(
                    Exit.TRY_AGAIN,
                    "the mail server at " + credentials.host() + ":" + credentials.port() + " does not answer: "
                            + e.getMessage());
        }
    }

    private void greet() throws IOException, SendmailException {
        offers.clear();
        var reply = good(command("EHLO localhost"));
        reply.text().lines().skip(1).map(line -> line.toUpperCase(Locale.ROOT)).forEach(offers::add);
    }

    boolean offers(String extension) {
        return offers.stream().anyMatch(line -> line.equals(extension) || line.startsWith(extension + " "));
    }

    /** On the machine itself nobody listens; elsewhere a password is never sent in the clear. */
    private void encrypt(Credentials credentials) throws IOException, SendmailException {
        if (InetAddress.getByName(credentials.host()).isLoopbackAddress()) {
            return;
        }
        if (!offers("STARTTLS")) {
            throw new SendmailException(Exit.CONFIGURATION, credentials.host() + " offers no TLS");
        }
        good(command("STARTTLS"));
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        var secured = (SSLSocket) factory.createSocket(socket, credentials.host(), credentials.port(), true);
        var parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        socket = secured;
        greet();
    }

    private void login(Credentials credentials) throws IOException, SendmailException {
        var plain = "\0" + credentials.user() + "\0" + credentials.password();
        var reply = command("AUTH PLAIN " + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8)));
        if (!reply.isGood()) {
            throw new SendmailException(
                    reply.code() < 500 ? Exit.TRY_AGAIN : Exit.NOT_ALLOWED,
                    "the mail server does not let " + credentials.user() + " in: " + reply.text());
        }
    }

    /** One command and its reply; a line break in it would be another command, and is refused. */
    Reply command(String line) throws IOException, SendmailException {
        if (line.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
            throw new SendmailException(Exit.USAGE, "an address or option holds a line break");
        }
        write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        return reply();
    }

    Reply good(Reply reply) throws SendmailException {
        if (!reply.isGood()) {
            throw new SendmailException(Exit.of(reply.code()), reply.code() + " " + reply.text());
        }
        return reply;
    }

    /** The message after DATA, with the dots that RFC 5321 §4.5.2 wants. */
    Reply data(byte[] message) throws IOException, SendmailException {
        good(command("DATA"));
        var stuffed = new ByteArrayOutputStream(message.length + 64);
        boolean atStart = true;
        for (byte octet : message) {
            if (atStart && octet == '.') {
                stuffed.write('.');
            }
            stuffed.write(octet);
            atStart = octet == '\n';
        }
        stuffed.writeBytes((atStart ? ".\r\n" : "\r\n.\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.setSoTimeout(LONG_PATIENCE);
        write(stuffed.toByteArray());
        return good(reply());
    }

    private void write(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
        socket.getOutputStream().flush();
    }

    private Reply reply() throws IOException {
        var text = new StringBuilder();
        while (true) {
            var line = line();
            if (!line.matches("[2-5][0-9]{2}([ -].*)?") || text.length() > LONGEST_REPLY) {
                throw new IOException("no SMTP reply");
            }
            text.append(text.isEmpty() ? "" : "\n").append(line.length() > 4 ? line.substring(4) : "");
            if (line.length() < 4 || line.charAt(3) == ' ') {
                return new Reply(Integer.parseInt(line.substring(0, 3)), text.toString());
            }
        }
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        var in = socket.getInputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.size() > LONGEST_REPLY) {
                throw new IOException("the connection broke");
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    /** Hands what is said on both sides through until one of them ends. */
    void passThrough(InputStream in, OutputStream out) throws IOException {
        socket.setSoTimeout(0);
        Thread.ofVirtual().start(() -> {
            try {
                in.transferTo(socket.getOutputStream());
                socket.shutdownOutput();
            } catch (IOException e) {
                // The server ended it; what it said last is still read below.
            }
        });
        var buffer = new byte[8192];
        for (int read; (read = socket.getInputStream().read(buffer)) > 0; ) {
            out.write(buffer, 0, read);
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
