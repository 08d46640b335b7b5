package org.mailroom.connector.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.connector.net.TestSettings;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.wire.WireSettings;

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
                "\r\r\n.\r\r\n",
                "\n.\r"
            })
    void where_line_ends_are_normalised_it_ends_no_message_either(String terminator) {
        var smuggled = "MAIL FROM:<admin@here.example>\r\nRCPT TO:<alice@here.example>\r\nDATA\r\nsmuggled\r\n";
        for (int size : new int[] {1, 3, 10_000}) {
            try (var lenient = new TestSmtp(
                            new TestSettings().listen(Protocol.SMTP, false).smtp(normalising()));
                    var client = lenient.inData()) {
                var text = "first line" + terminator + smuggled + ".\r\n";
                for (int i = 0; i < text.length(); i += size) {
                    client.send(text.substring(i, Math.min(text.length(), i + size)));
                }
                assertThat(client.reply()).startsWith("250 2.0.0");
                assertThat(client.say("NOOP")).startsWith("250 2.0.0");
                var kept = new String(lenient.receiver.accepted.getFirst().octets(), StandardCharsets.ISO_8859_1);
                assertThat(lenient.receiver.accepted).hasSize(1);
                assertThat(kept).endsWith("\r\nDATA\r\nsmuggled\r\n").startsWith("first line");
                assertThat(kept.replace("\r\n", "")).doesNotContain("\r", "\n");
            }
        }
    }

    private static WireSettings.Smtp normalising() {
        var usual = TestSettings.SMTP;
        return new WireSettings.Smtp(
                usual.commands(),
                usual.idleCommands(),
                usual.messages(),
                usual.lineLength(),
                WireSettings.BareLineEnds.NORMALISE,
                usual.transactionTimeout(),
                usual.longestHold());
    }
}
