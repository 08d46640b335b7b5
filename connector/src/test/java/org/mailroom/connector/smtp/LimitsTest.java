package org.mailroom.connector.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mailroom.connector.net.Altered;
import org.mailroom.connector.net.Telnet;
import org.mailroom.connector.net.TestSettings;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.wire.WireSettings.Limits;
import org.mailroom.contract.wire.WireSettings.Smtp;

/** Each limit has its standard reply, and whoever keeps within it notices nothing. */
class LimitsTest {
    private static final int LARGEST = 50 * 1024 * 1024;

    private static TestSmtp with(Limits limits) {
        return new TestSmtp(new TestSettings().listen(Protocol.SMTP, false).limits(limits));
    }

    private static TestSmtp with(Smtp smtp) {
        return new TestSmtp(new TestSettings().listen(Protocol.SMTP, false).smtp(smtp));
    }

    private static Limits limits(int connections, int perAddress, long size, Duration silence) {
        return Altered.of(
                TestSettings.LIMITS,
                Map.of(
                        "connections", connections,
                        "connectionsPerAddress", perAddress,
                        "messageSize", size,
                        "commandTimeout", silence));
    }

    private static Smtp smtp(int commands, int messages, int line) {
        return Altered.of(TestSettings.SMTP, Map.of("commands", commands, "messages", messages, "lineLength", line));
    }

    @Test
    void connections_in_all_rfc5321_3_8() {
        try (var server = with(limits(1, 100, 1000, Duration.ofMinutes(5)));
                var first = server.greeted(Protocol.SMTP);
                var second = server.connect(Protocol.SMTP)) {
            assertThat(second.reply()).startsWith("421 4.3.2 mx.example has too many connections");
            assertThat(second.atEnd()).isTrue();
            assertThat(first.say("NOOP")).startsWith("250");
        }
    }

    @Test
    void connections_of_one_address_rfc5321_3_8() {
        try (var server = with(limits(100, 1, 1000, Duration.ofMinutes(5)));
                var first = server.greeted(Protocol.SMTP);
                var second = server.connect(Protocol.SMTP)) {
            assertThat(second.reply()).startsWith("421 4.7.0 mx.example has too many connections from your address");
            assertThat(second.atEnd()).isTrue();
            assertThat(first.say("NOOP")).startsWith("250");
        }
    }

    @Test
    void silence_rfc5321_4_5_3_2_7() {
        try (var server = with(limits(100, 100, 1000, Duration.ofMillis(300)));
                var client = server.greeted(Protocol.SMTP)) {
            assertThat(client.reply()).startsWith("421 4.4.2 mx.example heard nothing from you for too long");
            assertThat(client.atEnd()).isTrue();
        }
    }

    /** However busy a client is: an octet now and then keeps no message open for ever. */
    @Test
    void the_time_of_a_message_from_mail_to_dot() {
        var brief = Altered.of(TestSettings.SMTP, Map.of("transactionTimeout", Duration.ofMillis(500)));
        try (var server = with(brief);
                var client = server.greeted(Protocol.SMTP)) {
            assertThat(client.say("MAIL FROM:<a@there.example>")).startsWith("250");
            assertThat(client.say("RCPT TO:<alice@here.example>")).startsWith("250");
            assertThat(client.say("DATA")).startsWith("354");
            String reply = null;
            for (int i = 0; i < 400 && reply == null; i++) {
                reply = client.send("x").replyIfAny();
            }
            assertThat(reply).startsWith("421 4.4.2 mx.example waited too long for this message");
            assertThat(client.atEnd()).isTrue();
            assertThat(server.receiver.accepted).isEmpty();
        }
    }

    @Test
    void commands_of_a_session_rfc5321_7_8() {
        try (var server = with(smtp(4, 100, 998));
                var client = server.greeted(Protocol.SMTP)) {
            assertThat(client.say("MAIL FROM:<a@there.example>")).startsWith("250");
            assertThat(client.say("RSET")).startsWith("250");
            assertThat(client.say("MAIL FROM:<a@there.example>")).startsWith("250");
            assertThat(client.say("RSET")).startsWith("421 4.7.0 Too many commands");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void messages_of_a_session_rfc9422_3_1() {
        try (var server = with(smtp(1000, 2, 998));
                var client = server.greeted(Protocol.SMTP)) {
            for (int i = 0; i < 2; i++) {
                assertThat(client.say("MAIL FROM:<a@there.example>")).startsWith("250");
                assertThat(client.say("RSET")).startsWith("250");
            }
            assertThat(client.say("MAIL FROM:<a@there.example>")).startsWith("421 4.7.0 Too many messages");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void a_line_of_a_message_rfc5321_4_5_3_1_6() {
        try (var server = with(smtp(1000, 100, 2000))) {
            try (var client = server.inData()) {
                assertThat(client.say("x".repeat(2000) + "\r\n.")).startsWith("250");
            }
            try (var client = server.inData()) {
                assertThat(client.say("x".repeat(2001) + "\r\n."))
                        .startsWith("550 5.6.0 A line of this message is longer than 2000");
            }
            assertThat(server.receiver.accepted).hasSize(1);
        }
    }

    @Test
    void the_size_of_a_message_to_the_octet_rfc1870_6() {
        try (var server = with(limits(100, 100, 100, Duration.ofMinutes(5)))) {
            try (var client = server.greeted(Protocol.SMTP)) {
                assertThat(client.say("MAIL FROM:<a@there.example> SIZE=101")).startsWith("552 5.3.4");
                assertThat(client.say("MAIL FROM:<a@there.example> SIZE=18446744073709551616"))
                        .startsWith("552 5.3.4");
            }
            try (var client = server.inData()) {
                assertThat(client.say("x".repeat(98) + "\r\n.")).startsWith("250");
            }
            try (var client = server.inData()) {
                assertThat(client.say("x".repeat(99) + "\r\n.")).startsWith("552 5.3.4 Message too large; 100 octets");
            }
            assertThat(server.receiver.accepted).hasSize(1);
        }
    }

    @Test
    void large_messages_on_their_way_fill_no_memory() {
        var line = new byte[64 * 1024];
        Arrays.fill(line, (byte) 'x');
        for (int end = 1000; end <= line.length; end += 1000) {
            line[end - 2] = '\r';
            line[end - 1] = '\n';
        }
        var lines = Arrays.copyOf(line, 65_000);
        try (var server = with(limits(100, 100, LARGEST, Duration.ofMinutes(5)))) {
            long before = heap();
            var clients = new ArrayList<Telnet>();
            for (int i = 0; i < 6; i++) {
                clients.add(server.inData());
            }
            for (int sent = 0; sent + lines.length <= LARGEST; sent += lines.length) {
                clients.forEach(client -> client.send(lines));
            }
            // 300 MB in all, of which some thousand octets may still be in sockets.
            assertThat(heap() - before).isLessThan(LARGEST);
            var first = clients.getFirst();
            assertThat(first.say(".")).startsWith("250");
            assertThat(server.receiver.accepted.getFirst().octets()).hasSize(LARGEST / lines.length * lines.length);
            clients.forEach(Telnet::close);
        }
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
