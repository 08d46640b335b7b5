package org.mailroom.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeaderTextTest {
    /** RFC 2047 §8 */
    @Test
    void encoded_words_are_decoded_and_the_space_between_them_goes() {
        assertThat(HeaderText.decode("(=?ISO-8859-1?Q?a?=\t=?ISO-8859-1?Q?_b?=)"))
                .isEqualTo("(a b)");
    }

    @Test
    void raw_octets_are_utf_8_or_else_windows_latin() {
        assertThat(HeaderText.decode("Gr\u00c3\u00bc\u00c3\u009fe")).isEqualTo("Grüße");
        assertThat(HeaderText.decode("Gr\u00fc\u00dfe \u0080")).isEqualTo("Grüße €");
    }

    @Test
    void nothing_that_controls_a_screen_or_a_database_is_left() {
        assertThat(HeaderText.forPeople("a\0b\u001b[31m =?utf-8?q?=E2=80=AE=00x?=", 100))
                .isEqualTo("a b [31m   x");
    }

    @Test
    void length_is_bounded_and_no_character_is_halved() {
        assertThat(HeaderText.forPeople("=?utf-8?b?8J+YgPCfmIA=?=", 3)).isEqualTo("😀");
        assertThat(HeaderText.forPeople("abc", 2)).isEqualTo("ab");
    }
}
