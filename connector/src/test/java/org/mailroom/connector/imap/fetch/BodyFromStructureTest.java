package org.mailroom.connector.imap.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyFromStructureTest {
    private static final String TEXT = "(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"us\\\"ascii)\") NIL NIL \"7BIT\" 10 1";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                TEXT + " NIL (\"inline\" NIL) NIL NIL) | " + TEXT + ")",
                TEXT + ") | " + TEXT + ")",
                "(\"IMAGE\" \"GIF\" NIL \"<a>\" NIL \"BASE64\" 99 \"md5\" NIL (\"en\" \"de\")) | (\"IMAGE\" \"GIF\" NIL \"<a>\" NIL \"BASE64\" 99)",
                "(" + TEXT + " NIL)" + TEXT + " NIL NIL) \"MIXED\" (\"BOUNDARY\" \"x\") NIL NIL NIL) | (" + TEXT + ")"
                        + TEXT + ") \"MIXED\")",
                "(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 9 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) " + TEXT
                        + " NIL NIL) 4 NIL NIL) | (\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 9 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) "
                        + TEXT + ") 4)",
                "(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 9 NIL NIL NIL) | (\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 9)"
            })
    void extension_data_is_left_out(String structure, String body) {
        assertThat(of(structure)).isEqualTo(body);
    }

    @Test
    void literals_are_passed_over_whole() {
        assertThat(of("(\"TEXT\" \"PLAIN\" NIL NIL {4}\r\na) ( \"8BIT\" 1 1 NIL)"))
                .isEqualTo("(\"TEXT\" \"PLAIN\" NIL NIL {4}\r\na) ( \"8BIT\" 1 1)");
    }

    @Test
    void nesting_is_no_trouble() {
        var deep = "(".repeat(5000) + TEXT + ")" + " \"MIXED\" NIL)".repeat(5000);
        assertThat(of(deep)).isNotEmpty();
    }

    @Test
    void whatever_is_stored_it_ends() {
        var random = new Random(2);
        for (int i = 0; i < 20_000; i++) {
            var noise = random.ints(random.nextInt(30), 0, 9)
                    .mapToObj(c -> new String[] {"(", ")", " ", "\"", "NIL", "{3}\r\n", "\"TEXT\"", "1", "\\"}[c])
                    .reduce("(", String::concat);
            assertThat(of(noise).length()).isLessThan(4 * noise.length() + 10);
        }
    }

    private static String of(String structure) {
        var body = BodyFromStructure.of(structure.getBytes(StandardCharsets.ISO_8859_1));
        return new String(body, StandardCharsets.ISO_8859_1);
    }
}
