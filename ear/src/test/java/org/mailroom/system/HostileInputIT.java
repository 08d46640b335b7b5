package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input gets a standard error or a close, and harms nobody else. */
class HostileInputIT {
    private final Mailroom server = Mailroom.server();

    @AfterEach
    void others_are_served() throws Exception {
        var address = server.account("witness");
        int before = new MailClient(address).count();
        Smtp.deliver(server.port("smtp"), address, "Subject: still here\r\n\r\nx\r\n");
        assertThat(new MailClient(address).count()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"smtp", "submission", "submissions", "pop3", "pop3s", "imap", "imaps"})
    void garbage(String listener) throws Exception {
        var random = new Random(42);
        for (int i = 0; i < 20; i++) {
            byte[] garbage = new byte[random.nextInt(1, 20_000)];
            random.nextBytes(garbage);
            try (var telnet = new Telnet(server.port(listener))) {
                telnet.raw(garbage);
                telnet.halfClose();
                assertThat(telnet.closed()).isTrue();
            } catch (java.net.SocketException reset) {
                // A close is an answer, too.
            }
        }
    }

    @Test
    void bare_line_feed_and_backspace_are_told_what_is_wrong() throws Exception {
        try (var telnet = new Telnet(server.port("smtp"))) {
            telnet.reply();
            telnet.raw("EHLO here\n");
            telnet.expect("500 ", telnet.reply());
            assertThat(telnet.smtp("NO\bOOP")).startsWith("500 ").containsIgnoringCase("backspace");
            telnet.expect("250 ", telnet.smtp("NOOP"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n.\r\n", "\r\n.\n", "\n.\n", "\r.\r", "\r\n.\r", "\r.\r\n", "\n\n.\r\n", "\r\n\0.\r\n"})
    void only_crlf_dot_crlf_ends_a_message(String terminator) throws Exception {
        var address = server.account("smuggled");
        int before = new MailClient(address).count();
        try (var telnet = new Telnet(server.port("smtp"))) {
            telnet.reply();
            telnet.smtp("EHLO there.test");
            telnet.smtp("MAIL FROM:<a@there.test>");
            telnet.smtp("RCPT TO:<" + address + ">");
            telnet.smtp("DATA");
            telnet.raw("Subject: outer\r\n\r\nx" + terminator + "MAIL FROM:<evil@there.test>\r\nRCPT TO:<" + address
                    + ">\r\nDATA\r\nSubject: inner\r\n\r\ny\r\n.\r\n");
            // One reply to one dot, whether it took the message or refused it; the commands inside ran nowhere.
            assertThat(telnet.reply()).matches("(250|550|554) .*");
            telnet.expect("250 ", telnet.smtp("NOOP"));
        }
        assertThat(new MailClient(address).count()).isBetween(before, before + 1);
    }

    @Test
    void what_is_sent_together_with_starttls_never_runs() throws Exception {
        for (int i = 0; i < 50; i++) {
            try (var telnet = new Telnet(server.port("smtp"))) {
                telnet.reply();
                telnet.smtp("EHLO there.test");
                telnet.raw("STARTTLS\r\nRSET\r\nNOOP\r\n");
                assertThat(telnet.reply()).matches("(220|5..|421) .*");
                telnet.halfClose();
                // Nothing in the clear follows: neither 250 for RSET nor for NOOP.
                assertThat(new String(telnet.octets(64), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain("250");
            } catch (java.net.SocketException reset) {
                // A close is an answer, too.
            }
        }
    }

    @Test
    void oversized_lines_and_literals() throws Exception {
        try (var telnet = new Telnet(server.port("imap"))) {
            telnet.line();
            telnet.raw("a LOGIN {2000000000}\r\n");
            assertThat(telnet.line()).matches("(a BAD|a NO|\\* BYE|\\* BAD).*");
        }
        try (var telnet = new Telnet(server.port("smtp"))) {
            telnet.reply();
            telnet.raw("NOOP " + "x".repeat(100_000) + "\r\n");
            telnet.expect("500 ", telnet.reply());
            telnet.expect("250 ", telnet.smtp("NOOP"));
        }
        try (var telnet = new Telnet(server.port("pop3"))) {
            telnet.line();
            telnet.raw("USER " + "x".repeat(100_000) + "\r\n");
            telnet.expect("-ERR", telnet.line());
        }
    }
}
