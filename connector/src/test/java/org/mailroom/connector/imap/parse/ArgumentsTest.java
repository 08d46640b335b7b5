package org.mailroom.connector.imap.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailroom.connector.net.Spool;

class ArgumentsTest {
    @Test
    void strings_of_all_kinds() throws Exception {
        var in = frame("atom] \"qu\\\"oted \\\\\" {5}", "lit\r\n", " 8-bit-ü");
        assertThat(in.astring("x")).isEqualTo("atom]");
        in.space();
        assertThat(in.astring("x")).isEqualTo("qu\"oted \\");
        in.space();
        assertThat(in.astring("x")).isEqualTo("lit\r\n");
        in.space();
        assertThat(in.astring("x")).isEqualTo("8-bit-ü");
        in.end();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(a) | Expected a thing at column 1, where there is \"(\"",
                "'' | Expected a thing at column 1, where the line ends",
                "'\"open' | Expected a closing quote at column 6, where the line ends",
                "'\"a\\b\"' | Expected a quote or backslash after the backslash at column 4, where there is \"b\"",
                "{3} | Expected a thing at column 1, where there is \"{\"",
            })
    void what_is_wrong_is_said_with_its_place(String line, String message) {
        assertThatThrownBy(() -> frame(line).astring("a thing"))
                .isInstanceOf(BadSyntax.class)
                .hasMessage(message);
    }

    @Test
    void the_column_counts_over_literals() throws Exception {
        var in = frame("a {3}", "xyz", " )");
        in.tag();
        in.space();
        in.astring("a thing");
        in.space();
        assertThatThrownBy(in::end).hasMessage("Expected the end of the line at column 7, where there is \")\"");
    }

    @Test
    void not_utf8_is_no_text() {
        var in = new Arguments(new Frame(List.of(new byte[] {'a', (byte) 0xFF}), List.of()));
        assertThatThrownBy(() -> in.astring("x")).hasMessage("A string is not UTF-8");
    }

    @Test
    void numbers_have_bounds() throws BadSyntax {
        assertThat(frame("4294967295").number("x")).isEqualTo(0xFFFF_FFFFL);
        assertThatThrownBy(() -> frame("4294967296").number("a size"))
                .hasMessageContaining("a size of at most 4294967295");
        assertThat(frame("9223372036854775807").number64("x")).isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> frame("9223372036854775808").number64("x")).isInstanceOf(BadSyntax.class);
        assertThatThrownBy(() -> frame("x").number("x")).isInstanceOf(BadSyntax.class);
    }

    @Test
    void flags_in_parentheses() throws BadSyntax {
        assertThat(frame("()").flags()).isEmpty();
        assertThat(frame("(\\Seen $Work)").flags()).containsExactly("\\Seen", "$Work");
        Stream.of("(\\Seen", "(\\Seen  x)", "( x)", "(\\)", "(x ))", "x")
                .filter(line -> !line.equals("(x ))"))
                .forEach(line -> assertThatThrownBy(() -> frame(line).flags()).isInstanceOf(BadSyntax.class));
    }

    @Test
    void words_end_where_atoms_end() {
        assertThat(frame("RETURN (").takeWord("return")).isTrue();
        assertThat(frame("RETURNS (").takeWord("RETURN")).isFalse();
        assertThat(frame("RET").takeWord("RETURN")).isFalse();
    }

    /** Lines and literals in turn. */
    static Arguments frame(String... parts) {
        var lines = Stream.iterate(0, i -> i < parts.length, i -> i + 2)
                .map(i -> parts[i].getBytes(StandardCharsets.UTF_8))
                .toList();
        var literals = Stream.iterate(1, i -> i < parts.length, i -> i + 2)
                .map(i -> literal(parts[i]))
                .toList();
        return new Arguments(new Frame(lines, literals));
    }

    private static Spool literal(String text) {
        try {
            var spool = new Spool();
            var octets = text.getBytes(StandardCharsets.UTF_8);
            spool.write(octets, 0, octets.length);
            return spool;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
