package org.mailroom.connector.imap.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.connector.imap.WrittenConnection;
import org.mailroom.connector.net.Window;

/** RFC 9051 §4.3, RFC 7888. */
class FramerTest {
    private static final FrameLimits LIMITS = new FrameLimits(100, 1000, Set.of("APPEND"));

    private final WrittenConnection connection = new WrittenConnection();
    private final Framer framer = new Framer(LIMITS);

    @Test
    void a_line_is_a_frame() throws Exception {
        assertThat(feed("a NOOP\r\nb NOOP\r\n")).containsExactly("a NOOP", "b NOOP");
    }

    @Test
    void a_literal_that_waits_gets_its_leave() throws Exception {
        assertThat(feed("a LOGIN {3}\r\n")).isEmpty();
        assertThat(connection.written()).isEqualTo("+ Ready for 3 octets\r\n");
        assertThat(feed("b\r\n {2+}\r\nxy\r\n")).containsExactly("a LOGIN {3}|b\r\n| {2+}|xy|");
        assertThat(connection.written()).isEmpty();
    }

    @Test
    void an_empty_literal_is_a_literal() throws Exception {
        assertThat(feed("a LOGIN {0+}\r\n {0+}\r\n\r\n")).containsExactly("a LOGIN {0+}|| {0+}||");
    }

    @Test
    void octets_of_a_literal_are_never_commands() throws Exception {
        assertThat(feed("a NOOP {10+}\r\nb LOGOUT\r\n\r\nc NOOP\r\n"))
                .containsExactly("a NOOP {10+}|b LOGOUT\r\n|", "c NOOP");
    }

    @Test
    void a_refused_literal_is_swallowed_with_the_rest_of_its_command() throws Exception {
        assertThat(feed("a LOGIN {200+}\r\n" + "b LOGOUT\r\n".repeat(20)
                        + " {10+}\r\nb LOGOUT\r\n x {0+}\r\n\r\nc NOOP\r\n"))
                .containsExactly("a refused [TOOBIG] A command may have 100 octets, literals included", "c NOOP");
    }

    @Test
    void a_refused_literal_that_waits_never_comes() throws Exception {
        assertThat(feed("a LOGIN {2000000000}\r\nb NOOP\r\n"))
                .containsExactly("a refused [TOOBIG] A command may have 100 octets, literals included", "b NOOP");
        assertThat(connection.written()).isEmpty();
    }

    @Test
    void behind_a_refused_literal_one_that_waits_ends_the_command() throws Exception {
        assertThat(feed("a LOGIN {200+}\r\n" + "x".repeat(200) + " {5}\r\nb NOOP\r\n"))
                .containsExactly("a refused [TOOBIG] A command may have 100 octets, literals included", "b NOOP");
    }

    @Test
    void lines_and_small_literals_weigh_together() throws Exception {
        assertThat(feed("a LOGIN {40+}\r\n" + "x".repeat(40) + " {60+}\r\n" + "y".repeat(60) + "\r\nb NOOP\r\n"))
                .containsExactly("a refused [TOOBIG] A command may have 100 octets, literals included", "b NOOP");
    }

    @Test
    void a_message_may_be_large_and_lies_in_a_file() throws Exception {
        var message = "m".repeat(1000);
        assertThat(feed("a append x {1000+}\r\n" + message + "\r\n"))
                .containsExactly("a append x {1000+}|" + message + "|");
        assertThat(feed("a APPEND x {1001}\r\nb NOOP\r\n"))
                .containsExactly("a refused [TOOBIG] A message may have 1000 octets", "b NOOP");
        assertThat(feed("a APPEND x {600+}\r\n" + "m".repeat(600) + " {600+}\r\n" + "n".repeat(600) + "\r\nb NOOP\r\n"))
                .containsExactly("a refused [TOOBIG] A message may have 1000 octets", "b NOOP");
    }

    @Test
    void many_small_messages_are_more_than_memory_holds() throws Exception {
        var command = new StringBuilder("a APPEND x");
        var expected = new StringBuilder("a APPEND x");
        for (char message = 'a'; message < 'f'; message++) {
            var text = String.valueOf(message).repeat(40);
            command.append(" {40+}\r\n").append(text);
            expected.append(" {40+}|").append(text).append('|');
        }
        assertThat(feed(command + "\r\nb NOOP\r\n")).containsExactly(expected.toString(), "b NOOP");
    }

    @Test
    void a_line_that_is_too_long_is_passed_over() throws Exception {
        assertThat(feed("a " + "x".repeat(1_000_000) + "\r\nb NOOP\r\n"))
                .containsExactly("a refused [TOOBIG] A command may have 100 octets", "b NOOP");
        // and what it announces too
        assertThat(feed("a " + "x".repeat(1000) + " {10+}\r\nb LOGOUT\r\n\r\nc NOOP\r\n"))
                .containsExactly("a refused [TOOBIG] A command may have 100 octets", "c NOOP");
    }

    @Test
    void what_cannot_be_swallowed_is_hopeless() throws Exception {
        assertThat(feed("a LOGIN {2000000000+}\r\n"))
                .containsExactly("a hopeless [TOOBIG] A command may have 100 octets, literals included");
        assertThat(feed("a LOGIN {99999999999999999999999999+}\r\n"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("a hopeless");
    }

    @Test
    void a_bare_line_feed_ends_a_line_that_is_refused() throws Exception {
        assertThat(feed("a NOOP\nb NOOP\r\n"))
                .containsExactly("a refused Lines end with CRLF, and this one ends with a bare LF", "b NOOP");
        assertThat(feed("a LOGIN {10+}\nb LOGOUT\r\n\r\nc NOOP\r\n"))
                .containsExactly("a refused Lines end with CRLF, and this one ends with a bare LF", "c NOOP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a {}", "a {x}", "a {-1}", "a {1", "a 1}", "a {+}", "{5} a", "}", "a {1++}"})
    void what_announces_nothing(String line) throws Exception {
        assertThat(feed(line + "\r\n")).containsExactly(line);
    }

    @Test
    void is_cut_alike_however_the_octets_come() throws Exception {
        var stream = "a NOOP\r\nb LOGIN {3+}\r\nx\r\n {2}\r\nyz\r\nc " + "x".repeat(300) + "\r\nd A {150+}\r\n"
                + "e NOOP\r\n".repeat(18) + "123456\r\nf NOOP\r\ng APPEND q {400+}\r\n" + "m".repeat(400)
                + "\r\nh NOOP\n i\r\n";
        var whole = feed(stream);
        assertThat(whole).hasSizeGreaterThan(7).contains("f NOOP");
        var random = new Random(9);
        for (int round = 0; round < 300; round++) {
            var other = new Framer(LIMITS);
            var window = new Window();
            var cut = new ArrayList<String>();
            for (int at = 0; at < stream.length(); ) {
                int to = Math.min(stream.length(), at + 1 + random.nextInt(random.nextBoolean() ? 3 : 200));
                window.add(stream.substring(at, to).getBytes(StandardCharsets.ISO_8859_1));
                cut.addAll(drain(other, window));
                at = to;
            }
            assertThat(cut).isEqualTo(whole);
        }
    }

    private List<String> feed(String text) throws IOException {
        var window = new Window();
        window.add(text.getBytes(StandardCharsets.ISO_8859_1));
        return drain(framer, window);
    }

    private List<String> drain(Framer from, Window window) throws IOException {
        var events = new ArrayList<String>();
        for (var input = from.next(window, connection); input != null; input = from.next(window, connection)) {
            events.add(
                    switch (input) {
                        case Frame frame -> text(frame);
                        case Frame.Refused refused ->
                            refused.tag() + (refused.hopeless() ? " hopeless " : " refused ") + refused.text();
                        default -> throw new AssertionError(input);
                    });
            input.close();
        }
        return events;
    }

    private static String text(Frame frame) throws IOException {
        var text = new StringBuilder(new String(frame.lines().getFirst(), StandardCharsets.ISO_8859_1));
        for (int i = 0; i < frame.literals().size(); i++) {
            try (var in = frame.literals().get(i).open()) {
                text.append('|').append(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
            }
            text.append('|').append(new String(frame.lines().get(i + 1), StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }
}
