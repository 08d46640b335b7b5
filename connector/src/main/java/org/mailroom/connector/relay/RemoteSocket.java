package org.mailroom.connector.relay;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.mailroom.contract.relay.DeliveryReport.Proof;
import org.mailroom.contract.relay.RelayTarget;

/**
 * A blocking socket of which every wait ends in time. A read's own time-out starts again with each octet, and a write has none,
 * so {@link Deadlines} close the socket under whoever waits too long.
 */
final class RemoteSocket implements Closeable {
    private static final Deadlines DEADLINES = new Deadlines();
    private static final long FOR_EVER = Long.MAX_VALUE;

    private final Socket plain;
    private InputStream in;
    private OutputStream out;
    private String tls = "";
    private Proof proof = Proof.NONE;
    private volatile long begun;
    private volatile long allowed = FOR_EVER;
    private volatile boolean late;

    private RemoteSocket(Socket plain) throws IOException {
        this.plain = plain;
        this.in = plain.getInputStream();
        this.out = plain.getOutputStream();
    }

    static RemoteSocket connect(RelayTarget target, Duration limit) throws IOException {
        var socket = new Socket();
        try {
            // Only a literal: looking names up is the caller's business.
            var address = InetAddress.ofLiteral(target.address());
            socket.connect(new InetSocketAddress(address, target.port()), Math.toIntExact(limit.toMillis()));
            socket.setTcpNoDelay(true);
            var remote = new RemoteSocket(socket);
            DEADLINES.watch(remote);
            return remote;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    InputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    /** Protocol and cipher suite, or empty in the clear. */
    String tls() {
        return tls;
    }

    /** How the remote proved who it is. */
    Proof proof() {
        return proof;
    }

    /** From now on speaks TLS; the limit is for the whole handshake. */
    void secure(RelayTls contexts, RelayTarget target, Duration limit) throws IOException {
        within(limit, () -> {
            SSLSocket secure = contexts.over(plain, target);
            secure.startHandshake();
            proof = contexts.proof(secure.getSession(), target);
            in = secure.getInputStream();
            out = secure.getOutputStream();
            tls = secure.getSession().getProtocol() + " " + secure.getSession().getCipherSuite();
            return tls;
        });
    }

    /** Something that waits for the remote. */
    @FunctionalInterface
    interface Step<T> {
        T run() throws IOException;
    }

    <T> T within(Duration limit, Step<T> step) throws IOException {
        begun = System.nanoTime();
        allowed = limit.toNanos();
        try {
            return step.run();
        } catch (IOException e) {
            if (late && !(e instanceof SocketTimeoutException)) {
                throw new SocketTimeoutException("nothing within " + limit.toMillis() / 1000.0 + " s");
            }
            throw e;
        } finally {
            allowed = FOR_EVER;
        }
    }

    void closeIfLate(long now) {
        if (now - begun <= allowed) {
            return;
        }
        try {
            late = true;
            close();
        } catch (IOException e) {
            // Closed is closed.
        }
    }

    /** Closes below TLS: a close of TLS waits for a writer that is stuck. */
    @Override
    public void close() throws IOException {
        DEADLINES.forget(this);
        plain.close();
    }
}
