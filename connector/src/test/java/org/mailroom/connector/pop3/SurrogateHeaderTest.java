package org.mailroom.connector.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SurrogateHeaderTest {
    @Test
    void text_in_utf_8_becomes_encoded_words() {
        assertThat(surrogate("Subject: grün\r\n\r\n", StandardCharsets.UTF_8))
                .isEqualTo("Subject: =?UTF-8?B?Z3LDvG4=?=\r\n\r\n");
    }

    @Test
    void what_is_not_an_internationalised_header_stays_as_it_is() {
        for (var header : new String[] {"\u00ef\u00bb\u00bfFrom: a@b.example\r\n\r\n", "Subject: gr\u00fcn\r\n\r\n"}) {
            assertThat(surrogate(header, StandardCharsets.ISO_8859_1)).isEqualTo(header);
        }
    }

    /** What would be looked at again and again, or ask for a stack as deep as it is long, is dealt with all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"x", "<", "(", "\"", ",", "\r\n ", "\\", "a=\"", "a.", "(\"<"})
    void a_strangers_header_may_be_as_strange_as_he_likes(String piece) {
        for (var name : new String[] {"To", "Subject", "Content-Type"}) {
            var header = name + ": \u00fc" + piece.repeat(60_000) + "\u00fc\r\n\r\n";
            assertThat(surrogate(header, StandardCharsets.UTF_8))
                    .startsWith(name)
                    .endsWith("\r\n\r\n")
                    .matches(text -> text.chars().allMatch(c -> c < 0x80));
        }
    }

    @Test
    void names_and_addresses_are_told_apart() {
        assertThat(surrogate(
                        "To: \"M\u00fcller, Ann\" <ann@b\u00fccher.example>, (x, y) b@c.example\r\n\r\n",
                        StandardCharsets.UTF_8))
                .isEqualTo(
                        "To: =?UTF-8?B?TcO8bGxlciwgQW5u?= <ann@xn--bcher-kva.example>,\r\n (x, y) b@c.example\r\n\r\n");
    }

    private static String surrogate(String header, Charset charset) {
        var octets = header.getBytes(charset);
        return new String(SurrogateHeader.of(octets, octets.length), charset);
    }
}
