package org.mailroom.connector.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.mailroom.connector.net.LiteralRule.Step;

class CommandFramerTest {
    private static final Pattern LITERAL = Pattern.compile(".*\\{([0-9]+)(\\+?)}");

    private final LiteralRule rule = (line, literals, octets) -> {
        var matcher = LITERAL.matcher(new String(line, ISO_8859_1));
        if (!matcher.matches()) {
            return new Step.Whole();
        }
        long size = Long.parseLong(matcher.group(1));
        if (size > 100) {
            return new Step.Refused(matcher.group(2).isEmpty() ? 0 : size);
        }
        return new Step.Literal(size, "");
    };

    @Test
    void lines_are_cut_the_same_wherever_packets_end() throws IOException {
        var text = "one\r\n\r\ntwo words\r\nlast\r\n";
        for (int size = 1; size <= text.length(); size++) {
            assertThat(cut(CommandFramer.lines(100), text, size)).containsExactly("one", "", "two words", "last");
        }
    }

    @Test
    void each_flaw_is_told_and_the_next_line_is_whole() throws IOException {
        var text = "a\nb\rc\r\nd\be\r\nf\u007f\r\ng\0\r\n" + "h".repeat(200) + "\r\nok\r\n";
        for (int size = 1; size <= text.length(); size++) {
            assertThat(cut(CommandFramer.lines(100), text, size))
                    .containsExactly("BARE_LF", "BARE_CR", "BACKSPACE", "BACKSPACE", "CONTROL", "TOO_LONG", "ok");
        }
    }

    @Test
    void a_line_may_be_as_long_as_it_may_be() throws IOException {
        assertThat(cut(CommandFramer.lines(10), "12345678\r\n123456789\r\nx\r\n", 4))
                .containsExactly("12345678", "TOO_LONG", "x");
    }

    @Test
    void a_command_comes_with_its_literals() throws IOException {
        var text = "a {3}\r\nx\r\n b {0}\r\n c\r\nnext\r\n";
        for (int size = 1; size <= text.length(); size++) {
            assertThat(cut(CommandFramer.literals(100, 10, rule), text, size))
                    .containsExactly("a {3}[x\r\n] b {0}[] c", "next");
        }
    }

    @Test
    void octets_of_a_refused_literal_are_no_commands() throws IOException {
        var text = "a {103+}\r\n" + "b LOGOUT\r\n".repeat(10) + "123 tail {2+}\r\nzz more\r\nnext\r\n";
        for (int size = 1; size <= text.length(); size += 3) {
            assertThat(cut(CommandFramer.literals(100, 10, rule), text, size)).containsExactly("LITERAL", "next");
        }
    }

    @Test
    void a_refused_literal_that_waits_for_its_prompt_ends_the_command() throws IOException {
        assertThat(cut(CommandFramer.literals(100, 10, rule), "a {2000000000}\r\nnext\r\n", 5))
                .containsExactly("LITERAL", "next");
    }

    private static List<String> cut(Framer framer, String text, int size) throws IOException {
        var inputs = new ArrayList<String>();
        var window = new Window();
        var connection = new SilentConnection();
        for (int i = 0; i < text.length(); i += size) {
            window.add(text.substring(i, Math.min(text.length(), i + size)).getBytes(ISO_8859_1));
            for (var input = framer.next(window, connection); input != null; input = framer.next(window, connection)) {
                inputs.add(text(input));
                input.close();
            }
        }
        return inputs;
    }

    private static String text(Input input) throws IOException {
        if (input instanceof Input.Malformed malformed) {
            return malformed.flaw().name();
        }
        var command = (Input.Command) input;
        var text = new StringBuilder(command.line());
        for (int i = 0; i < command.literals().size(); i++) {
            try (var in = command.literals().get(i).open()) {
                text.append('[').append(new String(in.readAllBytes(), ISO_8859_1)).append(']');
            }
            text.append(new String(command.lines().get(i + 1), ISO_8859_1));
        }
        return text.toString();
    }
}
