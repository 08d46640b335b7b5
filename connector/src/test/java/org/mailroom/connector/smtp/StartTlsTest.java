package org.mailroom.connector.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.connector.net.Telnet;
import org.mailroom.connector.net.TestPem;
import org.mailroom.connector.net.TestSettings;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.wire.WireSettings.PlaintextLogin;

class StartTlsTest {
    private static final String PLAIN = "AUTH PLAIN AGFsaWNlQGhlcmUuZXhhbXBsZQBzZWNyZXQ=";

    private static TestSmtp smtp;

    @BeforeAll
    static void open(@TempDir Path directory) throws Exception {
        smtp = new TestSmtp(new TestSettings()
                .listen(Protocol.SMTP, false)
                .listen(Protocol.SUBMISSION, false)
                .listen(Protocol.SUBMISSION, true)
                .tls(TestPem.write(directory, "mx.example"))
                .plaintext(PlaintextLogin.NEVER));
    }

    @AfterAll
    static void stop() {
        smtp.close();
    }

    @Test
    void under_tls_everything_begins_anew() {
        try (var client = smtp.greeted(Protocol.SMTP)) {
            client.say("MAIL FROM:<a@there.example>");
            assertThat(client.say("STARTTLS")).startsWith("220 2.0.0");
            client.secure();
            assertThat(client.say("RCPT TO:<alice@here.example>")).startsWith("503");
            assertThat(client.say("MAIL FROM:<a@there.example>")).startsWith("503 5.5.1 Say EHLO");
            assertThat(client.say("EHLO client.example")).doesNotContain("STARTTLS");
            assertThat(client.say("STARTTLS")).startsWith("503");
            client.say("MAIL FROM:<a@there.example>");
            client.say("RCPT TO:<alice@here.example>");
            client.say("DATA");
            assertThat(client.say("x\r\n.")).startsWith("250");
        }
        var last = smtp.receiver.accepted.getLast();
        assertThat(last.client().with(last.envelope())).isEqualTo("ESMTPS");
        assertThat(last.client().tls()).startsWith("TLSv1.3 TLS_");
    }

    @Test
    void a_password_is_taken_under_tls_only() {
        try (var client = smtp.connect(Protocol.SUBMISSION)) {
            client.reply();
            assertThat(client.say("EHLO client.example")).contains("STARTTLS").doesNotContain("AUTH");
            assertThat(client.say(PLAIN)).startsWith("538 5.7.11");
            client.say("STARTTLS");
            client.secure();
            assertThat(client.say("EHLO client.example")).contains("AUTH PLAIN LOGIN");
            assertThat(client.say(PLAIN)).startsWith("235 2.7.0");
        }
    }

    @Test
    void the_submissions_port_speaks_tls_from_the_first_octet() {
        var address = smtp.server.listeners().stream()
                .filter(l -> l.implicitTls())
                .findFirst()
                .orElseThrow()
                .address();
        try (var client = Telnet.to(address).secure()) {
            assertThat(client.reply()).startsWith("220");
            assertThat(client.say("EHLO client.example")).contains("AUTH PLAIN LOGIN");
        }
    }

    /** CVE-2021-38542 and its kin: a command that somebody on the way puts behind STARTTLS must not run under TLS. */
    @Test
    void nothing_that_was_sent_in_the_clear_runs_under_tls() {
        var injections = List.of(
                "RSET\r\n",
                "EHLO evil.example\r\nMAIL FROM:<evil@there.example>\r\n",
                "NOOP\r\nNOOP\r\nNOOP\r\n",
                "MAIL FROM:<half",
                "\r\n");
        int handshakes = 0;
        for (int i = 0; i < 1000; i++) {
            try (var client = smtp.greeted(Protocol.SMTP)) {
                client.send("STARTTLS\r\n" + injections.get(i % injections.size()));
                assertThat(client.reply()).startsWith("220 2.0.0");
                try {
                    client.secure();
                } catch (RuntimeException refused) {
                    continue; // The octets came late and were taken for a handshake, which they are not: just as safe.
                }
                handshakes++;
                assertThat(client.say("VRFY x")).startsWith("252");
                assertThat(client.say("MAIL FROM:<a@there.example>")).startsWith("503 5.5.1 Say EHLO");
            }
        }
        assertThat(handshakes).isPositive();
    }

    @Test
    void many_handshakes_at_once_all_succeed() throws Exception {
        try (var all = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = java.util.stream.IntStream.range(0, 100)
                    .mapToObj(i -> all.submit(() -> {
                        try (var client = smtp.greeted(Protocol.SMTP)) {
                            client.say("STARTTLS");
                            return client.secure().say("EHLO client.example");
                        }
                    }))
                    .toList();
            for (var answer : answers) {
                assertThat(answer.get()).startsWith("250-mx.example");
            }
        }
    }
}
