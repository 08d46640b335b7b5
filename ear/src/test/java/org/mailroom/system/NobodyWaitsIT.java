package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Slow readers, dead destinations and a content checker that hangs cost themselves, and nobody else. */
class NobodyWaitsIT {
    private static final int SLOW_READERS = 500;
    private static final int DEAD_DESTINATIONS = 50;
    /** More than may wait for a content checker at a time. */
    private static final int UNCHECKED = 40;

    private final Mailroom server = Mailroom.server();

    @Test
    void others_are_served_while_many_stall() throws Exception {
        var big = server.account("big");
        Smtp.deliver(server.port("smtp"), big, "Subject: big\r\n\r\n" + ("x".repeat(76) + "\r\n").repeat(100_000));
        var other = server.account("other");
        var stalled = new ArrayList<AutoCloseable>();
        try {
            for (int i = 0; i < SLOW_READERS; i++) {
                stalled.add(slowReader(big));
            }
            stalled.addAll(deadDestinations());
            stalled.add(hangingContentChecker());
            // Bounded, not timed: a server that waited for any of them would not answer at all.
            var bound = Instant.now().plus(Duration.ofSeconds(60));
            for (int i = 0; i < 20; i++) {
                Smtp.deliver(server.port("smtp"), other, "Subject: n\r\n\r\nx\r\n");
                assertThat(new MailClient(other).count()).isEqualTo(i + 1);
            }
            try (var sink = RemoteServer.sink()) {
                server.route("alive.test", sink.port());
                new MailClient(other).submit(MailClient.Security.STARTTLS, "x@alive.test", "Subject: out\r\n\r\nx\r\n");
                Eventually.eventually(
                        "delivered",
                        Duration.ofSeconds(30),
                        () -> sink.messages().size() == 1);
            }
            assertThat(Instant.now()).isBefore(bound);
        } finally {
            for (var one : stalled) {
                one.close();
            }
        }
    }

    /** Asks for 8 MB and reads none of it. */
    private Telnet slowReader(String address) throws Exception {
        var telnet = new Telnet(server.port("imap"), 4096);
        telnet.line();
        telnet.raw("a LOGIN " + address + " " + Mailroom.password(address) + "\r\n");
        telnet.imapReply("a");
        telnet.imap("b", "EXAMINE INBOX");
        telnet.raw("c FETCH 1 BODY.PEEK[]\r\n");
        return telnet;
    }

    @Test
    void a_content_checker_that_hangs_delays_only_those_who_wait_for_it() throws Exception {
        var recipient = server.account("unchecked");
        var bound = Instant.now().plus(Duration.ofSeconds(60));
        try (var checker = hangingContentChecker();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var deliveries = IntStream.range(0, UNCHECKED)
                    .<Callable<Void>>mapToObj(i -> () -> {
                        Smtp.deliver(server.port("smtp"), recipient, "Subject: n\r\n\r\nx\r\n");
                        return null;
                    })
                    .toList();
            for (var delivery : threads.invokeAll(deliveries)) {
                delivery.get();
            }
            assertThat(new MailClient(recipient).count()).isEqualTo(UNCHECKED);
        }
        assertThat(Instant.now()).isBefore(bound);
    }

    /** Takes connections and never says a word; returns when the server has asked it. */
    private AutoCloseable hangingContentChecker() throws Exception {
        var socket = new ServerSocket(server.contentCheckerPort(), 50, InetAddress.getLoopbackAddress());
        var asked = new Semaphore(0);
        var taken = Collections.synchronizedList(new ArrayList<AutoCloseable>(List.of(socket)));
        Thread.startVirtualThread(() -> {
            try {
                while (true) {
                    taken.add(socket.accept());
                    asked.release();
                }
            } catch (IOException closed) {
                // The test is over.
            }
        });
        var first = server.account("first");
        Eventually.eventually("the content checker is asked", Duration.ofSeconds(30), () -> {
            Smtp.deliver(server.port("smtp"), first, "Subject: n\r\n\r\nx\r\n");
            return asked.tryAcquire();
        });
        return () -> {
            for (var one : List.copyOf(taken)) {
                one.close();
            }
        };
    }

    /** Hosts that take a connection and never say a word, with mail on the way to each. */
    private List<AutoCloseable> deadDestinations() throws Exception {
        var dead = new ArrayList<AutoCloseable>();
        var sender = new MailClient(server.account("waiting"));
        for (int i = 0; i < DEAD_DESTINATIONS; i++) {
            var socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            dead.add(socket);
            var domain = "dead" + i + ".test";
            assertThat(server.api(
                                    "PUT",
                                    "/routes/" + domain,
                                    "{\"target\":\"smtp://127.0.0.1:" + socket.getLocalPort() + "\"}")
                            .statusCode())
                    .isBetween(200, 201);
            sender.submit(MailClient.Security.STARTTLS, "x@" + domain, "Subject: void\r\n\r\nx\r\n");
        }
        return dead;
    }
}
