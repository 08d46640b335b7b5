package org.mailroom.connector.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.wire.WireSettings.Limits;

/** The listeners with a protocol that repeats what it hears. */
class NetServerTest {
    private final Echo echo = new Echo();
    private NetServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(Duration.ofSeconds(5));
        }
    }

    private void open(TestSettings settings) {
        server = NetServer.open(settings.build(), Map.of(Protocol.IMAP, echo));
    }

    private void open() {
        open(new TestSettings().listen(Protocol.IMAP, false));
    }

    private InetSocketAddress address() {
        return server.listeners().getFirst().address();
    }

    private Telnet client() {
        return Telnet.to(address());
    }

    /** Waits for what must come, at most ten seconds. */
    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void a_command_that_takes_its_time_holds_up_nobody_else() {
        open();
        var clients = java.util.stream.IntStream.range(0, 200)
                .mapToObj(i -> client().send("block\r\n"))
                .toList();
        await(() -> echo.blocked.get() == 200);
        try (var other = client()) {
            assertThat(other.line()).isEqualTo("hello");
            assertThat(other.send("x\r\n").line()).isEqualTo("x");
        }
        echo.release.countDown();
        clients.forEach(c -> {
            assertThat(c.line()).isEqualTo("hello");
            assertThat(c.line()).isEqualTo("block");
            c.close();
        });
    }

    @Test
    void a_client_that_does_not_read_stops_its_own_worker_only() {
        open();
        try (var lazy = client();
                var other = client()) {
            lazy.send("flood\r\n");
            await(() -> echo.flooded.get() > 0);
            assertThat(other.line()).isEqualTo("hello");
            assertThat(other.send("x\r\n").line()).isEqualTo("x");
            assertThat(echo.flooded.get()).isLessThan(Echo.FLOOD);
            for (int i = 0; i < Echo.FLOOD; i++) {
                lazy.line();
            }
            await(() -> echo.flooded.get() == Echo.FLOOD);
        }
    }

    @Test
    void a_client_that_reads_no_last_word_does_not_stay_for_good() {
        echo.silence = Duration.ofSeconds(1);
        var usual = TestSettings.LIMITS;
        var one = new Limits(
                usual.connections(),
                1,
                usual.recipients(),
                usual.messageSize(),
                usual.errors(),
                usual.commandTimeout(),
                usual.pop3Timeout(),
                usual.imapTimeout(),
                usual.loginTimeout(),
                usual.calls());
        open(new TestSettings().listen(Protocol.IMAP, false).limits(one));
        try (var lazy = client()) {
            lazy.send("hurry\r\n");
            await(() -> echo.closed.get() == 1);
            await(() -> {
                try (var next = client()) {
                    return "hello".equals(next.line());
                }
            });
        }
    }

    @Test
    void a_client_that_sends_without_end_is_slowed_down() throws Exception {
        open();
        try (var client = client()) {
            client.send("block\r\n");
            await(() -> echo.blocked.get() == 1);
            var sent = new AtomicInteger();
            var sender = Thread.startVirtualThread(() -> {
                var line = "x".repeat(998) + "\r\n";
                for (int i = 0; i < 50_000; i++) {
                    client.send(line);
                    sent.incrementAndGet();
                }
            });
            // The kernel's buffers and our backlog take some megabytes; the rest waits with the client.
            assertThat(sender.join(Duration.ofSeconds(2))).isFalse();
            assertThat(sent.get()).isLessThan(20_000);
            client.reset();
            sender.join(Duration.ofSeconds(10));
        } finally {
            echo.release.countDown();
        }
    }

    @Test
    void commands_of_one_client_run_one_after_another_in_order() {
        open();
        try (var client = client()) {
            client.line();
            var all = new StringBuilder();
            for (int i = 0; i < 5000; i++) {
                all.append(i).append("\r\n");
            }
            var sender = Thread.startVirtualThread(() -> client.send(all.toString()));
            for (int i = 0; i < 5000; i++) {
                assertThat(client.line()).isEqualTo(Integer.toString(i));
            }
            assertThat(sender.isAlive()).isFalse();
        }
    }

    @Test
    void a_session_is_closed_once_however_its_client_goes() {
        open();
        try (var polite = client()) {
            assertThat(polite.send("quit\r\n").line()).isEqualTo("hello");
            assertThat(polite.line()).isEqualTo("quit");
            assertThat(polite.atEnd()).isTrue();
        }
        await(() -> echo.closed.get() == 1);
        client().reset();
        await(() -> echo.closed.get() == 2);
        client().send("half a comma").close();
        await(() -> echo.closed.get() == 3 && server.sessions().isEmpty());
    }

    @Test
    void who_is_silent_for_too_long_is_told_and_closed() {
        echo.silence = Duration.ofMillis(300);
        open();
        try (var client = client()) {
            assertThat(client.line()).isEqualTo("hello");
            assertThat(client.line()).isEqualTo("bye IDLE");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void one_address_has_so_many_connections_and_an_exempt_one_any_number() {
        var limits = new Limits(3, 2, 1, 1, 1, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 1);
        open(new TestSettings().listen(Protocol.IMAP, false).limits(limits));
        try (var one = client();
                var two = client();
                var three = client()) {
            assertThat(one.line()).isEqualTo("hello");
            assertThat(two.line()).isEqualTo("hello");
            assertThat(three.line()).isEqualTo("bye TOO_MANY_FROM_ADDRESS");
            assertThat(three.atEnd()).isTrue();
        }
        await(() -> server.sessions().isEmpty());
        try (var again = client()) {
            assertThat(again.line()).isEqualTo("hello");
        }
        server.stop(Duration.ofSeconds(5));
        open(new TestSettings().listen(Protocol.IMAP, false).limits(limits).exempt("127.0.0.0/8"));
        try (var one = client();
                var two = client();
                var three = client();
                var four = client()) {
            for (var client : java.util.List.of(one, two, three, four)) {
                assertThat(client.line()).isEqualTo("hello");
            }
        }
    }

    @Test
    void stopping_says_goodbye_finishes_commands_and_frees_port_and_threads() throws Exception {
        open();
        var address = address();
        var idle = client();
        var busy = client().send("block\r\n");
        idle.line();
        busy.line();
        await(() -> echo.blocked.get() == 1);
        var stopping = Thread.startVirtualThread(() -> server.stop(Duration.ofSeconds(10)));
        assertThat(idle.line()).isEqualTo("bye STOPPING");
        echo.release.countDown();
        assertThat(busy.line()).isEqualTo("block");
        assertThat(busy.line()).isEqualTo("bye STOPPING");
        idle.close();
        busy.close();
        assertThat(stopping.join(Duration.ofSeconds(10))).isTrue();
        assertThat(echo.closed.get()).isEqualTo(2);
        NetServer.awaitHelper();
        new ServerSocket(address.getPort(), 1, address.getAddress()).close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(t -> t.getName().startsWith("mailroom-wire"))
                .noneMatch(t -> t.getName().startsWith("globalEventExecutor"));
    }

    @Test
    void a_command_that_never_ends_does_not_keep_the_server_from_stopping() {
        open();
        try (var busy = client()) {
            busy.send("flood\r\n");
            await(() -> echo.flooded.get() > 0);
            long start = System.nanoTime();
            server.stop(Duration.ofMillis(300));
        }
    }

    @Test
    void a_port_that_is_taken_is_told_and_the_others_open() throws Exception {
        try (var taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            open(new TestSettings()
                    .listen(Protocol.IMAP, false, taken.getLocalPort())
                    .listen(Protocol.IMAP, false));
            assertThat(server.problem()).contains("imap cannot open 127.0.0.1:" + taken.getLocalPort());
            assertThat(server.listeners()).hasSize(1);
            try (var client = client()) {
                assertThat(client.line()).isEqualTo("hello");
            }
        }
    }

    @Test
    void a_listener_under_tls_without_a_certificate_is_told() {
        open(new TestSettings().listen(Protocol.IMAP, true));
        assertThat(server.problem()).contains("there is no certificate");
    }

    @Test
    void a_new_certificate_is_shown_without_a_restart(@TempDir Path directory) throws Exception {
        open(new TestSettings().listen(Protocol.IMAP, true).tls(TestPem.write(directory, "old.example")));
        assertThat(subject()).isEqualTo("CN=old.example");
        var files = TestPem.write(directory, "new.example");
        Files.setLastModifiedTime(files.certificate(), FileTime.fromMillis(1));
        await(() -> subject().equals("CN=new.example"));
    }

    private String subject() {
        try (var client = client()) {
            return client.secure().subject();
        }
    }

    @Test
    void a_client_that_speaks_no_tls_is_closed(@TempDir Path directory) throws Exception {
        open(new TestSettings().listen(Protocol.IMAP, true).tls(TestPem.write(directory, "mx.example")));
        try (var client = client()) {
            client.send("this is no handshake\r\n");
            while (client.line() != null) {
                // an alert, perhaps
            }
        } catch (java.io.UncheckedIOException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
        await(() -> server.sessions().isEmpty());
    }

    @Test
    void an_administrator_sees_sessions_and_ends_one() {
        open();
        try (var client = client()) {
            client.line();
            client.send("work\r\n").line();
            var session = server.sessions().getFirst();
            assertThat(session.doing()).isEqualTo("work");
            assertThat(session.client().getAddress().isLoopbackAddress()).isTrue();
            assertThat(server.listeners().getFirst().sessions()).isEqualTo(1);
            assertThat(server.end(session.id())).isTrue();
            assertThat(client.line()).isEqualTo("bye ENDED");
        }
        assertThat(server.end("nobody")).isFalse();
    }

    @Test
    void drained_it_turns_newcomers_away_and_keeps_who_is_here() {
        open();
        try (var guest = client()) {
            guest.line();
            server.drain(true);
            try (var newcomer = client()) {
                assertThat(newcomer.line()).isEqualTo("bye STOPPING");
            }
            assertThat(guest.send("work\r\n").line()).isEqualTo("work");
            server.drain(false);
            try (var newcomer = client()) {
                assertThat(newcomer.line()).isEqualTo("hello");
            }
        }
    }

    @Test
    void what_was_said_is_kept_when_the_session_is_over() {
        open();
        String session;
        try (var client = client()) {
            client.line();
            client.send("a SELECT INBOX\r\n").line();
            client.send("a LOGIN bob secret\r\n").line();
            session = server.sessions().getFirst().id();
        }
        await(() -> server.sessions().isEmpty());
        assertThat(server.transcript(session, -1))
                .extracting(said -> said.who() + " " + said.text())
                .contains("SERVER hello", "CLIENT a SELECT INBOX", "CLIENT a LOGIN ••••", "CLOSED ")
                .doesNotContain("CLIENT a LOGIN bob secret");
        assertThat(server.past(10))
                .first()
                .satisfies(past -> assertThat(past.session()).isEqualTo(session));
    }

    @Test
    void a_fault_in_a_session_ends_that_session_only() {
        open();
        try (var client = client();
                var other = client()) {
            client.line();
            assertThat(client.send("fault\r\n").line()).isEqualTo("bye FAULT");
            assertThat(other.line()).isEqualTo("hello");
            assertThat(other.send("x\r\n").line()).isEqualTo("x");
        }
    }

    @Test
    void a_task_from_another_thread_writes_between_commands() throws Exception {
        open();
        try (var client = client()) {
            client.line();
            await(() -> echo.last != null);
            echo.last.run(() -> echo.last.write("pushed\r\n"));
            assertThat(client.line()).isEqualTo("pushed");
        }
    }

    @Test
    void a_network_that_is_none_is_told_before_anything_opens() {
        var settings = new TestSettings().listen(Protocol.IMAP, false).exempt("everybody");
        assertThatThrownBy(() -> NetServer.open(settings.build(), Map.of(Protocol.IMAP, echo)))
                .hasMessageContaining("everybody");
    }

    /** Repeats lines; some words do more. */
    private static final class Echo implements ProtocolServer {
        static final int FLOOD = 20_000;

        final AtomicInteger blocked = new AtomicInteger();
        final AtomicInteger flooded = new AtomicInteger();
        final AtomicInteger closed = new AtomicInteger();
        final CountDownLatch release = new CountDownLatch(1);
        volatile Duration silence = Duration.ofMinutes(1);
        volatile Connection last;

        @Override
        public Session open(Connection connection) {
            last = connection;
            return new Session() {
                @Override
                public void greet() {
                    connection.framer(CommandFramer.lines(1000));
                    connection.silence(silence);
                    connection.write("hello\r\n");
                }

                @Override
                public void received(Input input) {
                    var word = new String(((Input.Command) input).line(), java.nio.charset.StandardCharsets.ISO_8859_1);
                    connection.doing(word);
                    switch (word) {
                        case "block" -> block();
                        case "flood" -> flood(connection);
                        case "hurry" -> hurry(connection);
                        case "fault" -> throw new IllegalStateException("a bug, made by a test");
                        default -> {}
                    }
                    connection.write(word + "\r\n");
                    if (word.equals("quit")) {
                        connection.close();
                    }
                }

                @Override
                public void closed() {
                    closed.incrementAndGet();
                }
            };
        }

        private void block() {
            blocked.incrementAndGet();
            try {
                release.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        private void flood(Connection connection) {
            var line = ("y".repeat(998) + "\r\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            for (int i = 0; i < FLOOD; i++) {
                connection.write(line);
                flooded.incrementAndGet();
            }
        }

        /** More than the kernel takes, without waiting for the client. */
        private void hurry(Connection connection) {
            var some = new byte[30_000];
            for (int i = 0; i < 1000; i++) {
                connection.write(some);
                connection.flush();
            }
            connection.close();
        }

        @Override
        public String farewell(Farewell why) {
            return "bye " + why + "\r\n";
        }
    }
}
