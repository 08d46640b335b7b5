package org.mailroom.connector.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mailroom.connector.net.TestSettings;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.wire.WireSettings.Limits;
import org.mailroom.contract.wire.WireSettings.Smtp;

/** Clients that stop in the middle. */
class StalledSessionsTest {
    private final TestSmtp smtp = new TestSmtp();

    @AfterEach
    void stop() {
        smtp.close();
    }

    @Test
    void five_hundred_that_stall_in_data_do_not_delay_another() {
        var stalled = IntStream.range(0, 500)
                .mapToObj(i -> smtp.inData().send("Subject: stalled\r\n\r\nhalf a li"))
                .toList();
        try (var client = smtp.inData()) {
            assertThat(client.say("x\r\n.")).startsWith("250");
        }
        stalled.forEach(client -> {
            assertThat(client.say("ne\r\n.")).startsWith("250");
            client.close();
        });
        assertThat(smtp.receiver.accepted).hasSize(501);
    }

    @Test
    void who_leaves_before_the_dot_leaves_nothing() throws IOException {
        var large = ("x".repeat(78) + "\r\n").repeat(10_000);
        smtp.inData().send(large).reset();
        smtp.inData().send(large).close();
        smtp.inData().send(large + "\r\n.\r").endInput().close();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!smtp.server.sessions().isEmpty() || openSpools() > 0) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(smtp.receiver.accepted).isEmpty();
    }

    /** Unlinked files that this process still holds open. */
    private static long openSpools() throws IOException {
        var descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return 0;
        }
        try (var open = Files.list(descriptors)) {
            return open.filter(Files::isSymbolicLink)
                    .filter(StalledSessionsTest::isSpool)
                    .count();
        }
    }

    private static boolean isSpool(Path descriptor) {
        try {
            var file = Files.readSymbolicLink(descriptor).toString();
            return file.contains("mailroom-") && file.endsWith("(deleted)");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    @Test
    void who_leaves_before_the_last_chunk_leaves_nothing() throws IOException {
        var client = smtp.greeted(Protocol.SMTP);
        client.say("MAIL FROM:<a@there.example>");
        client.say("RCPT TO:<alice@here.example>");
        client.send("BDAT 500000\r\n" + "x".repeat(400) + "\r\n")
                .send("BDAT 400 LAST".repeat(20_000))
                .reset();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!smtp.server.sessions().isEmpty() || openSpools() > 0) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(smtp.receiver.accepted).isEmpty();
    }

    @Test
    void who_is_busy_for_too_long_with_one_message_is_sent_away() {
        var usual = TestSettings.SMTP;
        var hurried = new Smtp(
                usual.commands(),
                usual.idleCommands(),
                usual.messages(),
                usual.lineLength(),
                usual.bareLineEnds(),
                Duration.ofSeconds(1),
                usual.longestHold());
        try (var hasty = new TestSmtp(
                        new TestSettings().listen(Protocol.SMTP, false).smtp(hurried));
                var client = hasty.inData()) {
            String reply = null;
            while (reply == null) {
                client.send("drop by drop\r\n");
                reply = client.replyIfAny();
            }
            assertThat(reply).startsWith("421 4.4.2 mx.example waited too long for this message");
        }
    }

    @Test
    void who_submits_and_does_not_log_in_is_heard_no_longer_than_a_login_may_take() {
        var usual = TestSettings.LIMITS;
        var limits = new Limits(
                usual.connections(),
                usual.connectionsPerAddress(),
                usual.recipients(),
                usual.messageSize(),
                usual.errors(),
                usual.commandTimeout(),
                usual.pop3Timeout(),
                usual.imapTimeout(),
                Duration.ofSeconds(1),
                usual.calls());
        var settings = new TestSettings().listen(Protocol.SUBMISSION, false).limits(limits);
        try (var hasty = new TestSmtp(settings);
                var known = hasty.greeted(Protocol.SUBMISSION);
                var silent = hasty.greeted(Protocol.SUBMISSION)) {
            // NUL alice NUL secret
            assertThat(known.say("AUTH PLAIN AGFsaWNlAHNlY3JldA==")).startsWith("235");
            assertThat(silent.reply()).startsWith("421 4.4.2");
            assertThat(known.say("NOOP")).startsWith("250");
        }
    }

    @Test
    void a_house_that_hangs_for_some_does_not_delay_a_greeting() {
        var gate = new java.util.concurrent.CountDownLatch(1);
        smtp.receiver.pause = () -> {
            try {
                gate.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        };
        var waiting = IntStream.range(0, 100)
                .mapToObj(i -> {
                    var client = smtp.greeted(Protocol.SMTP);
                    client.say("MAIL FROM:<a@there.example>");
                    return client.send("RCPT TO:<alice@here.example>\r\n");
                })
                .toList();
        try (var client = smtp.greeted(Protocol.SMTP)) {
            assertThat(client.say("NOOP")).startsWith("250");
        }
        gate.countDown();
        waiting.forEach(client -> {
            assertThat(client.reply()).startsWith("250 2.1.5");
            client.close();
        });
    }
}
