package org.mailroom.connector.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import javax.net.ssl.SSLSession;
import org.mailroom.contract.Protocol;

/** Nobody at the other end, for what needs a connection only to write a prompt. */
final class SilentConnection implements Connection {
    final StringBuilder written = new StringBuilder();

    @Override
    public String id() {
        return "silent";
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
    public SSLSession tlsSession() {
        return null;
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
        written.append(text);
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
        written.append(new String(octets, offset, length, java.nio.charset.StandardCharsets.ISO_8859_1));
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
}
