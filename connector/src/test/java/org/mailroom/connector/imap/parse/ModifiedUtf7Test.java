package org.mailroom.connector.imap.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModifiedUtf7Test {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "INBOX;INBOX",
                "Entwürfe;Entw&APw-rfe",
                "R&D;R&-D",
                "~peter/mail/台北/日本語;~peter/mail/&U,BTFw-/&ZeVnLIqe-",
                "☺!;&Jjo-!",
                "😀;&2D3eAA-",
                "&&;&-&-"
            })
    void both_ways(String name, String wire) throws BadSyntax {
        assertThat(ModifiedUtf7.encode(name)).isEqualTo(wire);
        assertThat(ModifiedUtf7.decode(wire)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&",
                "a&b",
                "&Jjo!",
                "&U,BTFw-&ZeVnLIqe-",
                "&AGE-",
                "&Jj-",
                "&Jjo=-",
                "&U/BTFw-",
                "&2D0-",
                "&Jjp-"
            })
    void another_spelling_of_a_name_is_refused(String wire) {
        assertThatThrownBy(() -> ModifiedUtf7.decode(wire)).isInstanceOf(BadSyntax.class);
    }

    @Test
    void any_name_comes_back() throws BadSyntax {
        var random = new Random(3);
        for (int i = 0; i < 5000; i++) {
            var name = random.ints(random.nextInt(12), 0, 0x300)
                    .map(c -> random.nextInt(9) == 0 ? 0x1F600 + c % 50 : c)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            var wire = ModifiedUtf7.encode(name);
            assertThat(wire).matches("[ -~]*");
            assertThat(ModifiedUtf7.decode(wire)).isEqualTo(name);
        }
    }
}
