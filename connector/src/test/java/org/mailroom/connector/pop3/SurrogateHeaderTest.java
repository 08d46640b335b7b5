package org.mailroom.connector.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

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

    private static String surrogate(String header, Charset charset) {
        var octets = header.getBytes(charset);
        return new String(SurrogateHeader.of(octets, octets.length), charset);
    }
}
