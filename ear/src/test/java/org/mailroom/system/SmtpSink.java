package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.system.Eventually.eventually;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Scanner;
import org.mailroom.FreePort;

/** Postfix's own {@code smtp-sink}, which takes all mail, forgets it, and costs little. */
final class SmtpSink implements AutoCloseable {
    private static final String COUNT = "mesg=";

    private final int port = FreePort.next();
    private final Process process;
    private volatile long count;

    SmtpSink() throws Exception {
        process = new ProcessBuilder("smtp-sink", "-u", "nobody", "-c", "127.0.0.1:" + port, "400").start();
        Thread.startVirtualThread(this::read);
        eventually("the sink listens", Duration.ofSeconds(10), this::isUp);
    }

    int port() {
        return port;
    }

    /** Messages that it took so far. */
    long count() {
        assertThat(process.isAlive()).isTrue();
        return count;
    }

    private boolean isUp() {
        try (var probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** It writes {@code sess=1 quit=0 mesg=17}, and a carriage return, each time that one of them grows. */
    private void read() {
        try (var lines = new Scanner(process.getInputStream(), StandardCharsets.US_ASCII)) {
            lines.useDelimiter("\r");
            while (lines.hasNext()) {
                var line = lines.next();
                count = Long.parseLong(
                        line.substring(line.indexOf(COUNT) + COUNT.length()).strip());
            }
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
