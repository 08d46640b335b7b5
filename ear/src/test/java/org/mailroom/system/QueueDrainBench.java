package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.system.Eventually.eventually;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.FreePort;

/**
 * How fast a queue of small messages leaves for one sink, in turns with Postfix doing the same with as many connections. No
 * test: ordinary runs leave it out. Needs root and an installed Postfix, which runs in a directory of its own.
 */
class QueueDrainBench {
    private static final int MESSAGES = Integer.getInteger("bench.messages", 5000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
    private static final int CLIENTS = 5;
    private static final int WARM = Integer.getInteger("bench.warm", 5000);

    private final Mailroom server = Mailroom.server();
    private final String sender = server.account("drain");
    private final int port = FreePort.next();
    private SmtpSink sink;
    private Postfix postfix;

    @BeforeEach
    void start() throws Exception {
        sink = new SmtpSink();
        postfix = new Postfix(port, sink.port(), sink.port());
        server.route("drain.test", sink.port());
    }

    @AfterEach
    void stop() throws Exception {
        postfix.close();
        sink.close();
    }

    @Test
    void drains_a_queue_to_a_sink() throws Exception {
        mailroom(WARM);
        postfix(WARM);
        for (int round = 0; round < ROUNDS; round++) {
            double ours = mailroom(MESSAGES);
            double theirs = postfix(MESSAGES);
            System.out.printf(
                    "drain of %d messages: Mailroom %.0f/s, Postfix %.0f/s, ratio %.2f%n",
                    MESSAGES, ours, theirs, ours / theirs);
        }
    }

    private double mailroom(int messages) throws Exception {
        assertThat(server.api("POST", "/destinations/drain.test/pause", "").statusCode())
                .isLessThan(300);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var clients = new ArrayList<Future<?>>();
            for (int i = 0; i < CLIENTS; i++) {
                var prefix = "drain" + i + "x";
                clients.add(threads.submit(() -> {
                    Submission.many(server.port("submission"), sender, "drain.test", prefix, messages / CLIENTS);
                    return null;
                }));
            }
            for (var client : clients) {
                client.get();
            }
        }
        return rate(messages, () -> server.api("POST", "/destinations/drain.test/resume", ""));
    }

    private double postfix(int messages) throws Exception {
        postfix.hold();
        run(
                "smtp-source",
                "-m",
                "" + messages,
                "-s",
                "" + CLIENTS,
                "-l",
                "300",
                "-f",
                "a@peer.test",
                "-t",
                "b@sink.test",
                "127.0.0.1:" + port);
        eventually("all are put off", Duration.ofMinutes(3), () -> postfix.deferred() == messages);
        postfix.release();
        return rate(messages, postfix::flush);
    }

    private interface Start {
        void run() throws Exception;
    }

    /** Messages a second, from the start until the sink has the last one. */
    private double rate(int messages, Start start) throws Exception {
        long had = sink.count();
        long before = System.nanoTime();
        start.run();
        eventually("drained", Duration.ofMinutes(5), () -> sink.count() >= had + messages);
        return messages / ((System.nanoTime() - before) / 1e9);
    }

    /** A command of a few seconds that must succeed. */
    static void run(String... command) throws IOException, InterruptedException {
        int code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Path.of("/dev/null").toFile())
                .start()
                .waitFor();
        assertThat(code).as(String.join(" ", List.of(command))).isZero();
    }
}
