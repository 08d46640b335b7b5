package org.mailroom.connector.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.Reason;

class SmtpTest {
    private final TestSmtp smtp = new TestSmtp();

    @AfterEach
    void stop() {
        smtp.close();
    }

    @Test
    void a_message_is_accepted_octet_for_octet_and_the_250_tells_its_queue_id() {
        try (var client = smtp.inData()) {
            assertThat(client.say("Subject: hi\r\n\r\n..stuffed\r\nplain\r\n."))
                    .isEqualTo("250 2.0.0 Ok, queued as Q1");
        }
        var message = smtp.receiver.accepted.getFirst();
        assertThat(new String(message.octets(), ISO_8859_1)).isEqualTo("Subject: hi\r\n\r\n.stuffed\r\nplain\r\n");
        assertThat(message.envelope().reversePath()).isEqualTo("sender@there.example");
        assertThat(message.envelope().recipients()).hasSize(1);
        assertThat(message.client().helo()).isEqualTo("client.example");
        assertThat(message.client().with(message.envelope())).isEqualTo("ESMTP");
    }

    @Test
    void a_whole_message_in_one_packet_is_answered_command_by_command() {
        try (var client = smtp.greeted(Protocol.SMTP)) {
            client.send("MAIL FROM:<>\r\nRCPT TO:<nobody@here.example>\r\nRCPT TO:<bob@here.example>\r\nDATA\r\n"
                    + "\r\nx\r\n.\r\nQUIT\r\n");
            assertThat(client.reply()).startsWith("250 2.1.0");
            assertThat(client.reply()).startsWith("550 5.1.1 Nobody here");
            assertThat(client.reply()).startsWith("250 2.1.5");
            assertThat(client.reply()).startsWith("354");
            assertThat(client.reply()).startsWith("250 2.0.0");
            assertThat(client.reply()).startsWith("221 2.0.0");
            assertThat(client.atEnd()).isTrue();
        }
        assertThat(smtp.receiver.accepted.getFirst().envelope().isBounce()).isTrue();
    }

    @Test
    void a_client_that_sends_no_more_still_reads_its_answers() {
        try (var client = smtp.connect(Protocol.SMTP)) {
            client.send("EHLO a.example\r\nNOOP\r\n").endInput();
            assertThat(client.reply()).startsWith("220 mx.example");
            assertThat(client.reply()).startsWith("250-mx.example|");
            assertThat(client.reply()).startsWith("250 2.0.0");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void what_the_house_refuses_at_the_dot_is_told_with_its_reason_and_the_session_goes_on() {
        smtp.receiver.refusal = new MailException(Reason.OVER_QUOTA, "Mailbox full");
        try (var client = smtp.inData()) {
            assertThat(client.say("x\r\n.")).isEqualTo("452 4.2.2 Mailbox full");
            assertThat(client.say("DATA")).startsWith("503");
        }
    }

    @Test
    void a_fault_at_the_dot_is_a_451() {
        smtp.receiver.fault = new IllegalStateException("a bug, made by a test");
        try (var client = smtp.inData()) {
            assertThat(client.say("x\r\n.")).startsWith("451 4.3.0");
            assertThat(client.say("NOOP")).startsWith("250");
        }
    }

    @Test
    void a_large_message_passes_through_a_file() {
        var line = "0123456789".repeat(7) + "\r\n";
        var text = line.repeat(900_000 / line.length());
        try (var client = smtp.inData()) {
            assertThat(client.send(text).say(".")).startsWith("250");
        }
        assertThat(new String(smtp.receiver.accepted.getFirst().octets(), ISO_8859_1))
                .isEqualTo(text);
    }

    @Test
    void a_message_over_the_limit_is_swallowed_and_refused() {
        var line = "0123456789".repeat(7) + "\r\n";
        try (var client = smtp.inData()) {
            assertThat(client.send(line.repeat(2_000_000 / line.length())).say("."))
                    .startsWith("552 5.3.4");
            assertThat(client.say("NOOP")).startsWith("250");
        }
        assertThat(smtp.receiver.accepted).isEmpty();
        assertThat(smtp.receiver.refusals).anySatisfy(r -> assertThat(r.step()).isEqualTo("data"));
    }
}
