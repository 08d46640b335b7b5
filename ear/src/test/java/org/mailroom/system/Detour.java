package org.mailroom.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;

/** A way to a port of this machine on which clients seem to come from another of its addresses. */
final class Detour implements AutoCloseable {
    private final ServerSocket door;
    private final String from;
    private final int to;

    Detour(String from, int to) throws IOException {
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.from = from;
        this.to = to;
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return door.getLocalPort();
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                var client = door.accept();
                var server = new Socket();
                server.bind(new InetSocketAddress(from, 0));
                server.connect(new InetSocketAddress("127.0.0.1", to));
                Thread.ofVirtual().start(() -> pass(client, server));
                Thread.ofVirtual().start(() -> pass(server, client));
            } catch (SocketException closed) {
                return;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void pass(Socket one, Socket other) {
        try (one;
                other) {
            one.getInputStream().transferTo(other.getOutputStream());
        } catch (IOException gone) {
            // The other side has closed.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
