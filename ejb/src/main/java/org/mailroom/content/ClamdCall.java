package org.mailroom.content;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mailroom.contract.MessageSource;

/**
 * One question to clamd over a connection of its own: {@code zINSTREAM}, the message in chunks with their lengths before them,
 * and one line (clamd(8), COMMANDS).
 */
final class ClamdCall implements AutoCloseable {
    private static final byte[] COMMAND = "zINSTREAM\0".getBytes(StandardCharsets.US_ASCII);
    private static final int CHUNK = 64 * 1024;
    private static final int LONGEST_ANSWER = 1000;

    private final ClamdAddress address;
    private final Duration timeout;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    ClamdCall(ClamdAddress address, Duration timeout) {
        this.address = address;
        this.timeout = timeout;
    }

    /** Its line, such as {@code stream: OK}. Throws where there was none in time; the connection is closed in any case. */
    String ask(MessageSource message) throws IOException {
        var socket = address.socket();
        try (var channel = open(socket)) {
            var answer = threads.submit(() -> talk(channel, socket, message));
            try {
                return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                throw new IOException("no answer in " + timeout, e);
            } catch (ExecutionException e) {
                throw new IOException(String.valueOf(e.getCause()), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("stopped while clamd was asked", e);
            }
        }
    }

    private static SocketChannel open(SocketAddress socket) throws IOException {
        return socket instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
    }

    private static String talk(SocketChannel channel, SocketAddress socket, MessageSource message) throws IOException {
        channel.connect(socket);
        try (var in = message.open()) {
            send(in, Channels.newOutputStream(channel));
        } catch (IOException e) {
            // It may have said why it listens no more: a message that is larger than it takes.
            var said = line(channel);
            if (said.isEmpty()) {
                throw e;
            }
            return said;
        }
        return line(channel);
    }

    private static void send(InputStream in, OutputStream out) throws IOException {
        out.write(COMMAND);
        var chunk = new byte[Integer.BYTES + CHUNK];
        for (int read; (read = in.readNBytes(chunk, Integer.BYTES, CHUNK)) > 0; ) {
            ByteBuffer.wrap(chunk).putInt(read);
            out.write(chunk, 0, Integer.BYTES + read);
        }
        out.write(new byte[Integer.BYTES]);
    }

    private static String line(SocketChannel channel) throws IOException {
        var in = new BufferedInputStream(Channels.newInputStream(channel));
        var line = new StringBuilder();
        for (int octet; (octet = in.read()) > 0 && line.length() < LONGEST_ANSWER; ) {
            line.append((char) octet);
        }
        return line.toString().strip();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
