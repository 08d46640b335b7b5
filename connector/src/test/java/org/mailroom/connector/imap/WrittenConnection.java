package org.mailroom.connector.imap;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLSession;
import org.mailroom.connector.net.Connection;
import org.mailroom.connector.net.Farewell;
import org.mailroom.connector.net.Framer;
import org.mailroom.contract.Protocol;

/** Keeps what is written, for tests that need no socket. */
public final class WrittenConnection implements Connection {
    private final StringBuilder written = new StringBuilder();

    /** What was written since the last question, one char an octet. */
    public String written() {
        var text = written.toString();
        written.setLength(0);
        return text;
    }

    @Override
    public String id() {
        return "test";
    }

    @Override
    public Protocol protocol() {
        return Protocol.IMAP;
    }

    @Override
    public InetSocketAddress client() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    }

    @Override
    public boolean trusted() {
        return false;
    }

    @Override
    public boolean exempt() {
        return false;
    }

    @Override
    public String tls() {
        return null;
    }

    @Override
    public boolean canStartTls() {
        return false;
    }

    @Override
    public boolean passwordAllowed() {
        return true;
    }

    @Override
    public void framer(Framer framer) {}

    @Override
    public void silence(Duration longest) {}

    @Override
    public void deadline(Duration longest) {}

    @Override
    public void write(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
        written.append(new String(octets, offset, length, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void flush() {}

    @Override
    public void awaitWritable() {}

    @Override
    public void run(Runnable task) {
        task.run();
    }

    @Override
    public void startTls(String reply) {}

    @Override
    public void close() {}

    @Override
    public void end(Farewell why) {}

    @Override
    public void login(String address) {}

    @Override
    public void doing(String command) {}

    @Override
    public SSLSession tlsSession() {
        return null;
    }
}
