package org.mailroom.admin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.mailroom.contract.Protocol;

/** What is said before TLS where it begins later: RFC 3207, RFC 9051 §6.2.1, RFC 2595 §4. */
final class StartTls {
    private static final int LONGEST_LINE = 1_000;
    private static final int MOST_LINES = 100;

    private final Socket socket;

    private StartTls(Socket socket) {
        this.socket = socket;
    }

    /** When it returns the handshake may begin. */
    static void ask(Socket socket, Protocol protocol) throws IOException {
        var talk = new StartTls(socket);
        switch (protocol) {
            case SMTP, SUBMISSION, LMTP -> {
                talk.hear("220");
                talk.say(protocol == Protocol.LMTP ? "LHLO localhost" : "EHLO localhost");
                talk.hear("250");
                talk.say("STARTTLS");
                talk.hear("220");
            }
            case IMAP -> {
                talk.hear("* OK");
                talk.say("a STARTTLS");
                talk.hear("a OK");
            }
            case POP3 -> {
                talk.hear("+OK");
                talk.say("STLS");
                talk.hear("+OK");
            }
        }
    }

    private void say(String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void hear(String wanted) throws IOException {
        for (int lines = 0; lines < MOST_LINES; lines++) {
            var line = line();
            if (!line.startsWith(wanted)) {
                throw new IOException(line);
            }
            if (!line.startsWith(wanted + "-")) {
                return;
            }
        }
        throw new IOException("a reply without an end");
    }

    /** Octet by octet: what follows the last line is TLS already. */
    private String line() throws IOException {
        InputStream in = socket.getInputStream();
        var line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0 || line.size() == LONGEST_LINE) {
                throw new IOException("the connection ended early");
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.US_ASCII).strip();
    }
}
