package org.mailroom.connector.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailroom.connector.net.Telnet;
import org.mailroom.contract.wire.WireSettings.PlaintextLogin;

/** What a dialogue cannot show: calls of the house, drops, large messages and slow readers. */
@Timeout(60)
class Pop3Test {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TestPop3 pop3 = new TestPop3(PlaintextLogin.LOOPBACK);

    @AfterEach
    void close() {
        pop3.close();
    }

    /** The lines of a reply up to the lone dot, unstuffed. */
    private static String lines(Telnet client) {
        var text = new StringBuilder();
        for (var line = client.line(); !line.equals("."); line = client.line()) {
            text.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        return text.toString();
    }

    private static String large(int megabytes) {
        return "Subject: large\r\n\r\n"
                + ".a line that begins with a dot and goes on for a while, to 72 octets..\r\n"
                        .repeat(megabytes * 1_048_576 / 72);
    }

    @Test
    void small_message_is_one_call_of_the_house() {
        try (var client = pop3.loggedIn()) {
            assertThat(pop3.calls).containsExactly("open");
            pop3.calls.clear();
            client.send("RETR 1\r\n").line();
            lines(client);
            client.send("LIST\r\nUIDL\r\nSTAT\r\nTOP 2 0\r\n").line();
            lines(client);
            client.line();
            lines(client);
            client.line();
            client.line();
            lines(client);
            assertThat(pop3.calls).containsExactly("rows", "rows");
        }
    }

    @Test
    void messages_taken_one_after_the_other_are_read_ahead() {
        for (int i = 0; i < 40; i++) {
            pop3.store.deliver(pop3.alice, "Subject: small\n\nmessage " + i + "\n");
        }
        try (var client = pop3.loggedIn()) {
            pop3.calls.clear();
            for (int number = 1; number <= 43; number++) {
                client.send("RETR " + number + "\r\n").line();
                var text = lines(client);
                if (number > 3) {
                    assertThat(text).endsWith("message " + (number - 4) + "\r\n");
                }
            }
            assertThat(pop3.calls).filteredOn("rows"::equals).hasSizeLessThan(6);
        }
    }

    @Test
    void a_message_that_was_deleted_is_not_read_ahead() {
        try (var client = pop3.loggedIn()) {
            client.send("DELE 2\r\nRETR 1\r\n").line();
            client.line();
            lines(client);
            client.send("RETR 3\r\n").line();
            assertThat(lines(client)).startsWith("Subject: three");
            client.send("RETR 1\r\n").line();
            assertThat(lines(client)).startsWith("Subject: one");
        }
    }

    @Test
    void a_password_that_is_not_utf8_is_no_other_password() {
        pop3.logins.add("carol@here.example", "s\ufffdcret");
        try (var client = pop3.connect()) {
            client.send("USER carol@here.example\r\n").line();
            client.send("PASS s\u00e4cret\r\n".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            assertThat(client.line()).isEqualTo("-ERR Names and passwords are UTF-8");
        }
    }

    @Test
    void large_message_comes_octet_for_octet_in_pieces() {
        var large = large(3);
        pop3.store.deliver(pop3.alice, large);
        try (var client = pop3.loggedIn()) {
            assertThat(client.send("RETR 4\r\n").line()).isEqualTo("+OK " + large.length() + " octets");
            assertThat(lines(client)).isEqualTo(large);
            assertThat(pop3.calls).filteredOn("octets"::equals).hasSizeBetween(11, 12);
        }
    }

    @Test
    void lock_is_released_when_the_connection_drops() {
        pop3.loggedIn().reset();
        Until.isTrue(pop3::isFree, PATIENCE);
        try (var client = pop3.loggedIn().endInput()) {
            Until.isTrue(pop3::isFree, PATIENCE);
        }
    }

    @Test
    void lock_is_released_when_the_connection_drops_in_the_middle_of_a_message() {
        pop3.store.deliver(pop3.alice, large(20));
        var client = pop3.loggedIn();
        client.send("DELE 1\r\nRETR 4\r\n").line();
        client.line();
        client.reset();
        Until.isTrue(pop3::isFree, PATIENCE);
        assertThat(pop3.calls).doesNotContain("update");
    }

    @Test
    void lock_is_released_when_the_maildrop_cannot_be_opened() {
        pop3.faults.put("open", new IllegalStateException("the database is away"));
        try (var client = pop3.connect()) {
            client.send("USER alice@here.example\r\nPASS secret\r\n").line();
            assertThat(client.line()).startsWith("-ERR [SYS/TEMP]");
            assertThat(pop3.isFree()).isTrue();
            pop3.faults.clear();
            client.send("USER alice@here.example\r\nPASS secret\r\n").line();
            assertThat(client.line()).startsWith("+OK 3 messages");
        }
    }

    @Test
    void fault_at_quit_removes_nothing_and_says_so() {
        pop3.faults.put("update", new IllegalStateException("the database is away"));
        try (var client = pop3.loggedIn()) {
            client.send("DELE 1\r\nQUIT\r\n").line();
            assertThat(client.line()).startsWith("-ERR [SYS/TEMP] Nothing was removed");
            assertThat(client.atEnd()).isTrue();
            assertThat(pop3.isFree()).isTrue();
        }
    }

    @Test
    void all_deletions_are_one_call_at_quit() {
        try (var client = pop3.loggedIn()) {
            client.send("DELE 1\r\nDELE 3\r\n").line();
            client.line();
            assertThat(pop3.calls).doesNotContain("update");
            assertThat(client.send("QUIT\r\n").line()).isEqualTo("+OK Bye");
            assertThat(pop3.calls).filteredOn("update"::equals).hasSize(1);
            assertThat(pop3.calls).endsWith("update", "close");
        }
    }

    @Test
    void message_that_breaks_off_in_the_house_does_not_look_whole() {
        pop3.store.deliver(pop3.alice, large(1));
        pop3.faults.put("octets", new IllegalStateException("the database is away"));
        try (var client = pop3.loggedIn()) {
            client.send("RETR 4\r\n");
            String last = "";
            for (var line = client.line(); line != null; line = client.line()) {
                last = line;
            }
            assertThat(last).isNotEqualTo(".").doesNotStartWith("-ERR");
            Until.isTrue(pop3::isFree, PATIENCE);
        }
    }

    @Test
    void slow_readers_hold_up_nobody() {
        var text = large(20);
        var readers = new ArrayList<Telnet>();
        for (int i = 0; i < 12; i++) {
            var name = "reader" + i + "@here.example";
            pop3.store.deliver(pop3.logins.add(name, "secret"), text);
            var reader = pop3.connect();
            readers.add(reader);
            // Asks for 20 MB and does not read them.
            reader.send("USER " + name + "\r\nPASS secret\r\nRETR 1\r\n");
        }
        Until.isTrue(() -> pop3.calls.stream().filter("octets"::equals).count() >= 12, PATIENCE);
        try (var client = pop3.loggedIn()) {
            client.send("RETR 1\r\n").line();
            assertThat(lines(client)).startsWith("Subject: one");
        }
        // Nothing ran ahead of the readers: of 80 pieces each, few were fetched.
        assertThat(pop3.calls.stream().filter("octets"::equals).count()).isLessThan(12 * 40);
        readers.forEach(Telnet::reset);
    }

    @Test
    void message_arrives_whole_after_a_pause_of_the_reader() {
        var text = large(8);
        pop3.store.deliver(pop3.alice, text);
        try (var client = pop3.loggedIn()) {
            client.send("RETR 4\r\n").line();
            Until.isTrue(() -> pop3.calls.contains("octets"), PATIENCE);
            assertThat(lines(client)).isEqualTo(text);
            assertThat(client.send("NOOP\r\n").line()).startsWith("+OK");
        }
    }

    @Test
    void session_that_is_ended_from_outside_removes_nothing() {
        try (var client = pop3.loggedIn()) {
            client.send("DELE 1\r\n").line();
            var session = pop3.server.sessions().getFirst();
            assertThat(session.login()).isEqualTo("alice@here.example");
            assertThat(session.doing()).isEqualTo("DELE");
            pop3.server.end(session.id());
            assertThat(client.line()).isEqualTo("-ERR [SYS/TEMP] An administrator ended this session");
            Until.isTrue(pop3::isFree, PATIENCE);
            assertThat(pop3.calls).doesNotContain("update");
        }
    }

    @Test
    void a_lock_that_cannot_be_returned_does_not_undo_the_quit() {
        try (var client = pop3.loggedIn()) {
            client.send("DELE 1\r\n").line();
            pop3.faults.put("close", new IllegalStateException("the house is away, for a test"));
            assertThat(client.send("QUIT\r\n").line()).isEqualTo("+OK Bye");
        }
        assertThat(pop3.calls).contains("update");
    }

    @Test
    void many_messages_are_listed_without_being_read() {
        for (int i = 0; i < 5000; i++) {
            pop3.store.deliver(pop3.alice, "a: b\n\n");
        }
        try (var client = pop3.loggedIn()) {
            pop3.calls.clear();
            client.send("UIDL\r\n").line();
            assertThat(lines(client).lines()).hasSize(5003);
            assertThat(pop3.calls).isEmpty();
        }
    }
}
