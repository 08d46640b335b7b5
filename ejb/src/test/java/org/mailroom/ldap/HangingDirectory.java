package org.mailroom.ldap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Takes connections and never says a word. */
public final class HangingDirectory implements AutoCloseable {
    private final ServerSocket server;
    private final Queue<Socket> held = new ConcurrentLinkedQueue<>();

    public HangingDirectory() throws IOException {
        this(0);
    }

    /** @param port of loopback; 0: any */
    public HangingDirectory(int port) throws IOException {
        server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
        Thread.ofVirtual().start(this::take);
    }

    private void take() {
        try {
            while (true) {
                held.add(server.accept());
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    public String url() {
        return "ldap://127.0.0.1:" + server.getLocalPort();
    }

    /** How many came. */
    public int visitors() {
        return held.size();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : held) {
            socket.close();
        }
    }
}
