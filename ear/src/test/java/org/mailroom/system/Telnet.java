package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A client without manners of its own: sends what it is told, octet for octet, and reads lines. */
final class Telnet implements AutoCloseable {
    private Socket socket = new Socket();
    private InputStream in;

    /** From where the server wants to be told first who the client is. */
    static final String PROXY = "127.0.0.2";

    Telnet(int port) throws IOException {
        this(port, 0);
    }

    /** Behind a proxy, which says for itself what it says. */
    private Telnet(String from, int port) throws IOException {
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(new InetSocketAddress("127.0.0.1", port), 10_000);
        socket.setSoTimeout(30_000);
        in = new java.io.BufferedInputStream(socket.getInputStream());
    }

    static Telnet silentProxy(int port) throws IOException {
        return new Telnet(PROXY, port);
    }

    /** As HAProxy has it with {@code send-proxy}. */
    static Telnet proxied(String client, int port) throws IOException {
        var telnet = new Telnet(PROXY, port);
        telnet.raw("PROXY TCP4 " + client + " 192.0.2.25 40000 25\r\n");
        return telnet;
    }

    /** As HAProxy has it with {@code send-proxy-v2}. */
    static Telnet proxied2(String client, int port) throws IOException {
        var header = new ByteArrayOutputStream();
        header.writeBytes("\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.ISO_8859_1));
        header.writeBytes(new byte[] {0x21, 0x11, 0, 12});
        header.writeBytes(InetAddress.ofLiteral(client).getAddress());
        header.writeBytes(InetAddress.ofLiteral("192.0.2.25").getAddress());
        header.writeBytes(new byte[] {(byte) 0x9c, 0x40, 0, 25});
        var telnet = new Telnet(PROXY, port);
        telnet.raw(header.toByteArray());
        return telnet;
    }

    /** @param window octets of the receive buffer, 0 for the system's choice */
    Telnet(int port, int window) throws IOException {
        if (window > 0) {
            socket.setReceiveBufferSize(window);
        }
        socket.connect(new InetSocketAddress("127.0.0.1", port), 10_000);
        socket.setSoTimeout(30_000);
        in = new java.io.BufferedInputStream(socket.getInputStream());
    }

    /** Whoever it is: TLS from here on. */
    Telnet secure(SSLContext context) throws IOException {
        var secure = (SSLSocket) context.getSocketFactory().createSocket(socket, "127.0.0.1", socket.getPort(), true);
        secure.startHandshake();
        socket = secure;
        in = new java.io.BufferedInputStream(secure.getInputStream());
        return this;
    }

    void raw(String octets) throws IOException {
        socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    void raw(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
        socket.getOutputStream().flush();
    }

    String line() throws IOException {
        var line = new ByteArrayOutputStream();
        while (true) {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException("after <" + line + ">");
            }
            if (octet == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1).replaceFirst("\r$", "");
            }
            line.write(octet);
        }
    }

    /** The first line from here on that begins so. */
    String until(String prefix) throws IOException {
        var line = line();
        while (!line.startsWith(prefix)) {
            line = line();
        }
        return line;
    }

    /** Reads as fast as it comes to a line that is a dot; how many lines came before. The server must say nothing after it. */
    int linesToDot() throws IOException {
        var buffer = new byte[64 * 1024];
        var tail = "";
        int lines = -1;
        while (!tail.endsWith("\r\n.\r\n")) {
            int count = in.read(buffer);
            if (count < 0) {
                throw new EOFException("after " + lines + " lines");
            }
            for (int i = 0; i < count; i++) {
                lines += buffer[i] == '\n' ? 1 : 0;
            }
            int kept = Math.min(count, 5);
            tail = (tail + new String(buffer, count - kept, kept, StandardCharsets.ISO_8859_1));
            tail = tail.substring(Math.max(0, tail.length() - 5));
        }
        return lines;
    }

    byte[] octets(int length) throws IOException {
        return in.readNBytes(length);
    }

    /** Whether the server has closed the connection, after whatever it still said. */
    boolean closed() throws IOException {
        try {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return true;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }

    void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /** Sends a line and returns the last line of the reply, SMTP fashion. */
    String smtp(String command) throws IOException {
        raw(command + "\r\n");
        return reply();
    }

    String reply() throws IOException {
        String line = line();
        while (line.length() > 3 && line.charAt(3) == '-') {
            line = line();
        }
        return line;
    }

    /** Sends a tagged command and returns all lines up to its tagged response. */
    String imap(String tag, String command) throws IOException {
        raw(tag + " " + command + "\r\n");
        return imapReply(tag);
    }

    String imapReply(String tag) throws IOException {
        var lines = new StringBuilder();
        while (true) {
            String line = line();
            lines.append(line).append('\n');
            if (line.startsWith(tag + " ")) {
                return lines.toString();
            }
        }
    }

    void expect(String prefix, String reply) {
        assertThat(reply).startsWith(prefix);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
