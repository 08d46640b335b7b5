package org.mailroom.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {
    @Test
    void harmless_text_stays_as_it_is() {
        assertThat(OneLine.of("Grüße an <alice@here.test> 🙂", 100)).isEqualTo("Grüße an <alice@here.test> 🙂");
    }

    @Test
    void line_ends_terminal_sequences_and_turned_text_are_shown_not_done() {
        assertThat(OneLine.of("a\r\nb\0\u001b[2J\u2028\u202e\u0085\\", 100))
                .isEqualTo("a\\x0d\\x0ab\\x00\\x1b[2J\\u2028\\u202e\\x85\\\\");
        assertThat(OneLine.of("\ud83d", 10)).isEqualTo("\\ud83d");
    }

    @Test
    void long_text_is_cut_between_characters() {
        assertThat(OneLine.of("x".repeat(11), 10)).isEqualTo("x".repeat(9) + "…");
        assertThat(OneLine.of("🙂".repeat(10), 10)).hasSizeLessThanOrEqualTo(10).endsWith("🙂…");
    }
}
