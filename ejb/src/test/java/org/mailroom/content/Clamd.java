package org.mailroom.content;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes a message as clamd does (INSTREAM), and says what the test wants. */
final class Clamd implements AutoCloseable {
    final List<String> scanned = new CopyOnWriteArrayList<>();
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private volatile String answer = "stream: OK";
    private volatile int most = Integer.MAX_VALUE;
    private final Thread listening;

    Clamd() throws IOException {
        listening = Thread.ofVirtual().start(this::serve);
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    Clamd says(String line) {
        answer = line;
        return this;
    }

    /** Says that a message is too large, and listens no more. */
    Clamd takes(int octets) {
        most = octets;
        return this;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (var connection = socket.accept()) {
                var in = new DataInputStream(connection.getInputStream());
                var command = new String(in.readNBytes("zINSTREAM\0".length()), StandardCharsets.US_ASCII);
                var message = new StringBuilder(command.equals("zINSTREAM\0") ? "" : "?" + command);
                int length = in.readInt();
                while (length > 0 && message.length() + length <= most) {
                    message.append(new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
                    length = in.readInt();
                }
                scanned.add(message.toString());
                var line = length > 0 ? "INSTREAM size limit exceeded. ERROR" : answer;
                connection.getOutputStream().write((line + "\0").getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // Closed, or left in the middle.
            }
        }
    }

    /** Once this returns, nobody can connect: the kernel listens as long as a call to accept goes on. */
    @Override
    public void close() throws Exception {
        socket.close();
        listening.join();
    }
}
