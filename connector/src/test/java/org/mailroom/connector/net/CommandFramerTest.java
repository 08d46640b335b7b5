package org.mailroom.connector.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandFramerTest {
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

    private static String text(Input input) {
        return switch (input) {
            case Input.Malformed malformed -> malformed.flaw().name();
            case Input.Command command -> new String(command.line(), ISO_8859_1);
            case Input.Content other -> throw new AssertionError(other);
        };
    }
}
