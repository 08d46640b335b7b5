package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** 250 means committed. */
class CrashIT {
    private final Mailroom server = Mailroom.server();

    @Test
    void what_was_acknowledged_survives_a_killed_server_once() throws Exception {
        var address = server.account("crash");
        var remote = new MailClient(address);
        var acknowledged = new ConcurrentLinkedQueue<String>();
        var next = new AtomicInteger();
        var maildrop = remote.pop3(MailClient.Security.TLS);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 6; i++) {
                threads.submit(() -> {
                    sendUntilTheEnd(address, next, acknowledged);
                    return null;
                });
            }
            Eventually.eventually("300 acknowledged", Duration.ofMinutes(2), () -> acknowledged.size() >= 300);
            kill();
        }
        server.start();
        maildrop.close();
        // RFC 1939 §3: the lock that the killed server held is gone with it.
        remote.pop3(MailClient.Security.TLS).close();
        var found = subjects(remote);
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(300);
        assertThat(found).doesNotHaveDuplicates().containsAll(acknowledged);
    }

    private void sendUntilTheEnd(String address, AtomicInteger next, ConcurrentLinkedQueue<String> acknowledged) {
        try (var telnet = new Telnet(server.port("smtp"))) {
            telnet.reply();
            telnet.smtp("EHLO there.test");
            while (true) {
                var subject = "message-" + next.incrementAndGet();
                Smtp.send(
                        telnet,
                        address,
                        ("Subject: " + subject + "\r\n\r\ntext\r\n").getBytes(StandardCharsets.US_ASCII));
                acknowledged.add(subject);
            }
        } catch (IOException | AssertionError killed) {
            // That is the test.
        }
    }

    private void kill() {
        var status = Mailroom.json(server.run("status", "--json"));
        long pid = status.getJsonNumber("serverPid").longValue();
        var process = ProcessHandle.of(pid).orElseThrow();
        assertThat(process.destroyForcibly()).isTrue();
        process.onExit().orTimeout(30, java.util.concurrent.TimeUnit.SECONDS).join();
    }

    private static List<String> subjects(MailClient client) throws Exception {
        var subjects = new ArrayList<String>();
        try (var store = client.imap(MailClient.Security.TLS);
                var inbox = MailClient.inbox(store)) {
            var messages = inbox.getMessages();
            var profile = new jakarta.mail.FetchProfile();
            profile.add(jakarta.mail.FetchProfile.Item.ENVELOPE);
            inbox.fetch(messages, profile);
            for (var message : messages) {
                subjects.add(((MimeMessage) message).getSubject());
            }
        }
        return subjects;
    }
}
