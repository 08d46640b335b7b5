package org.mailroom.connector.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;

/** A client that sends what it is told to, octet for octet, and reads lines. */
public final class Telnet implements AutoCloseable {
    private static final int PATIENCE = 20_000;

    private Socket socket;
    private InputStream in;
    private OutputStream out;

    private Telnet(Socket socket) throws IOException {
        use(socket);
    }

    public static Telnet to(InetSocketAddress address) {
        try {
            var socket = new Socket();
            socket.connect(address, PATIENCE);
            socket.setTcpNoDelay(true);
            return new Telnet(socket);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private void use(Socket next) throws IOException {
        socket = next;
        socket.setSoTimeout(PATIENCE);
        in = new java.io.BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** From here on under TLS. */
    public Telnet secure() {
        try {
            var secured = (SSLSocket) TestPem.trusting()
                    .getSocketFactory()
                    .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
            secured.startHandshake();
            use(secured);
            return this;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Of the certificate that the server shows. */
    public String subject() {
        try {
            var shown = ((SSLSocket) socket).getSession().getPeerCertificates()[0];
            return ((java.security.cert.X509Certificate) shown)
                    .getSubjectX500Principal()
                    .getName();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    public Telnet send(String octets) {
        return send(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    public Telnet send(byte[] octets) {
        try {
            out.write(octets);
            out.flush();
            return this;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** The next line without CRLF; null at the end. */
    public String line() {
        try {
            var line = new ByteArrayOutputStream();
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                if (octet == '\n') {
                    return line.toString(StandardCharsets.ISO_8859_1).replace("\r", "");
                }
                line.write(octet);
            }
            return null;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** An SMTP reply, its lines joined by a bar. */
    public String reply() {
        var reply = new StringBuilder();
        while (true) {
            var line = line();
            if (line == null) {
                return reply.isEmpty() ? null : reply.toString();
            }
            reply.append(reply.isEmpty() ? "" : "|").append(line);
            if (line.length() < 4 || line.charAt(3) != '-') {
                return reply.toString();
            }
        }
    }

    /** A reply, if one comes within a moment. */
    public String replyIfAny() {
        try {
            socket.setSoTimeout(50);
            in.mark(1);
            try {
                in.read();
                in.reset();
            } catch (java.net.SocketTimeoutException nothing) {
                return null;
            } finally {
                socket.setSoTimeout(PATIENCE);
            }
            return reply();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Sends a line and reads the reply. */
    public String say(String line) {
        return send(line + "\r\n").reply();
    }

    /** Sends no more, but still reads. */
    public Telnet endInput() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Is gone without a word, as when a cable is pulled. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Whether the server closed, and said nothing more. */
    public boolean atEnd() {
        try {
            return in.read() < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
