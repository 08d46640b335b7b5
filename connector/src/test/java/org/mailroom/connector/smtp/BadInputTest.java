package org.mailroom.connector.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.Protocol;

/** Whatever is sent, the answer says what is wrong and the session stays in step. */
class BadInputTest {
    private static TestSmtp smtp;

    @BeforeAll
    static void open() {
        smtp = new TestSmtp();
    }

    @AfterAll
    static void stop() {
        smtp.close();
    }

    @Test
    void a_bare_lf_is_told_at_once() {
        try (var client = smtp.greeted(Protocol.SMTP)) {
            assertThat(client.send("NOOP\n").reply()).startsWith("500 5.5.2").contains("bare LF");
            assertThat(client.say("NOOP")).startsWith("250");
        }
    }

    @Test
    void a_bare_cr_is_told_and_what_follows_it_is_not_run() {
        try (var client = smtp.greeted(Protocol.SMTP)) {
            assertThat(client.send("NOOP\rQUIT\r\n").reply())
                    .startsWith("500 5.5.2")
                    .contains("bare CR");
            assertThat(client.say("NOOP")).startsWith("250");
        }
    }

    @Test
    void a_backspace_is_told() {
        try (var client = smtp.greeted(Protocol.SMTP)) {
            assertThat(client.say("NOPO\b\bOP")).startsWith("500 5.5.2").contains("backspace");
            assertThat(client.say("NOPO\u007f\u007fOP")).contains("backspace");
            assertThat(client.say("NO\0OP")).contains("control character");
            assertThat(client.say("\u001b[A")).contains("control character");
        }
    }

    @Test
    void a_line_that_is_too_long_is_passed_over() {
        try (var client = smtp.greeted(Protocol.SMTP)) {
            assertThat(client.say("NOOP " + "x".repeat(300_000))).startsWith("500 5.5.2 Line too long");
            assertThat(client.say("NOOP " + "x".repeat(2000))).startsWith("250");
        }
    }

    @Test
    void addresses_beyond_ascii_are_told_so() {
        try (var client = smtp.greeted(Protocol.SMTP)) {
            assertThat(client.say("MAIL FROM:<j\u00c3\u00bcrgen@there.example>"))
                    .startsWith("553 5.6.7");
        }
    }

    @Test
    void a_browser_is_sent_away() {
        try (var client = smtp.connect(Protocol.SMTP)) {
            client.reply();
            assertThat(client.send("GET / HTTP/1.1\r\nHost: here\r\n\r\n").reply())
                    .startsWith("421 4.7.0");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void garbage_ends_in_an_error_or_a_close_and_others_are_served() {
        var random = new Random(5);
        for (int i = 0; i < 50; i++) {
            var garbage = new byte[1 + random.nextInt(5000)];
            random.nextBytes(garbage);
            try (var client = smtp.connect(Protocol.SMTP)) {
                client.reply();
                client.send(garbage).endInput();
                for (var reply = client.reply(); reply != null; reply = client.reply()) {
                    assertThat(reply).matches("(500|421|501|502|503).*");
                }
            }
        }
        try (var client = smtp.greeted(Protocol.SMTP)) {
            assertThat(client.say("NOOP")).startsWith("250");
        }
    }

    @Test
    void text_of_a_client_comes_back_in_no_reply() {
        try (var client = smtp.greeted(Protocol.SMTP)) {
            assertThat(client.say("<script>alert(1)</script>")).doesNotContain("script");
        }
    }
}
