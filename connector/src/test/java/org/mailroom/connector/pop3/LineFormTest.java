package org.mailroom.connector.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client reads is the message, whatever stands in it. */
class LineFormTest {
    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String read(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static String whole(String text) throws IOException {
        return read(LineForm.whole(stream(text)));
    }

    private static String top(String text, int lines) throws IOException {
        return read(LineForm.top(stream(text), lines)).replace("\r\n", "|");
    }

    @Test
    void dot_at_the_start_of_a_line_is_doubled() throws IOException {
        assertThat(whole(".\r\n..\r\na.b\r\n.c\r\n")).isEqualTo("..\r\n...\r\na.b\r\n..c\r\n");
    }

    @Test
    void last_line_gets_an_end() throws IOException {
        assertThat(whole("a\r\nb")).isEqualTo("a\r\nb\r\n");
        assertThat(whole("a\r")).isEqualTo("a\r\n");
        assertThat(whole("")).isEmpty();
    }

    @Test
    void bare_lf_ends_a_line_and_hides_no_dot() throws IOException {
        assertThat(whole("a\n.\nb\r\n")).isEqualTo("a\r\n..\r\nb\r\n");
    }

    @Test
    void bare_cr_stays() throws IOException {
        assertThat(whole("a\r.b\r\r\n")).isEqualTo("a\r.b\r\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "0,a: b|c: d||",
        "1,a: b|c: d||one|",
        "2,a: b|c: d||one||",
        "3,a: b|c: d||one||..|",
        "9,a: b|c: d||one||..|"
    })
    void top_ends_after_so_many_lines_of_the_body(int lines, String expected) throws IOException {
        assertThat(top("a: b\r\nc: d\r\n\r\none\r\n\r\n.\r\n", lines)).isEqualTo(expected);
    }

    @Test
    void top_of_a_message_that_is_all_header_is_all_of_it() throws IOException {
        assertThat(top("a: b\r\nc: d\r\n", 1)).isEqualTo("a: b|c: d|");
        assertThat(top("\r\none\r\ntwo\r\n", 1)).isEqualTo("|one|");
    }

    @Test
    void whatever_is_sent_comes_back() throws IOException {
        var random = new Random(7);
        for (int i = 0; i < 300; i++) {
            var message = new StringBuilder();
            int pieces = random.nextInt(i < 290 ? 60 : 40_000);
            for (int j = 0; j < pieces; j++) {
                message.append(
                        new String[] {".", "\r\n", "..", "x", "\0", "\u00ff", "\r\n.", "yyyyy"}[random.nextInt(8)]);
            }
            message.append("\r\n");
            var sent = whole(message.toString());
            assertThat("\r\n" + sent).doesNotContain("\r\n.\r\n");
            assertThat(("\r\n" + sent).replace("\r\n.", "\r\n").substring(2)).isEqualTo(message.toString());
        }
    }
}
