package org.mailroom.connector.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only CRLF . CRLF ends a message, so nobody can hide a second one in the first. */
class SmugglingTest {
    private static TestSmtp smtp;

    @BeforeAll
    static void open() {
        smtp = new TestSmtp();
    }

    @AfterAll
    static void stop() {
        smtp.close();
    }

    @BeforeEach
    void forget() {
        smtp.receiver.accepted.clear();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n.\n",
                "\n.\r\n",
                "\r\n.\n",
                "\r\n.\r",
                "\r.\r",
                "\r.\r\n",
                "\r\n.\rX\r\n",
                "\n\n.\r\n",
                "\r\n\n.\r\n",
                "\r\r\n.\r\r\n",
                "\r\n.\r\r\n",
                "\n.\r",
                "\r\n.\0\r\n\n",
                "\r\n .\r\n\n",
                "\0\n.\r\n"
            })
    void another_terminator_ends_no_message(String terminator) {
        var smuggled = "MAIL FROM:<admin@here.example>\r\nRCPT TO:<alice@here.example>\r\nDATA\r\nsmuggled\r\n";
        try (var client = smtp.inData()) {
            client.send("first line" + terminator + smuggled + ".\r\n");
            assertThat(client.reply()).startsWith("550 5.5.2");
            assertThat(client.say("NOOP")).startsWith("250 2.0.0");
        }
        assertThat(smtp.receiver.accepted).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7})
    void the_terminator_is_found_however_it_is_cut_into_packets(int size) {
        var text = "a\r\n..\r\n.b\r\n\r\n....\r\nend\r\n.\r\n";
        try (var client = smtp.inData()) {
            for (int i = 0; i < text.length(); i += size) {
                client.send(text.substring(i, Math.min(text.length(), i + size)));
            }
            assertThat(client.reply()).startsWith("250");
        }
        assertThat(new String(smtp.receiver.accepted.getFirst().octets(), StandardCharsets.ISO_8859_1))
                .isEqualTo("a\r\n.\r\nb\r\n\r\n...\r\nend\r\n");
    }

    @org.junit.jupiter.api.Test
    void a_lone_dot_is_an_empty_message() {
        try (var client = smtp.inData()) {
            assertThat(client.say(".")).startsWith("250");
        }
        assertThat(smtp.receiver.accepted.getFirst().octets()).isEmpty();
    }
}
