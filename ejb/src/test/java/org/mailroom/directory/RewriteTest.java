package org.mailroom.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewriteTest {
    private static String led(String pattern, boolean regular, String target, String localPart) throws Exception {
        return Rewrite.of(pattern, regular, target, "here.test")
                .leadsTo(localPart)
                .orElse("");
    }

    @ParameterizedTest
    @CsvSource({
        "sales-*, false, info, sales-north, info@here.test",
        "sales-*, false, $1@there.test, Sales-North, North@there.test",
        "sales-*, false, info, presales-x, ''",
        "*.*, false, $2.$1, john.smith, smith.john@here.test",
        "room?, false, room-$1, room7, room-7@here.test",
        "a.b*, false, x, axb, ''",
        "([a-z]+)[0-9]{2}, true, $1, ann07, ann@here.test",
        "([a-z]+)[0-9]{2}, true, $1, ann077, ''",
        "(x)|(y), true, got-$2, y, got-y@here.test"
    })
    void a_local_part_of_the_form_leads_to_the_target(
            String pattern, boolean regular, String target, String localPart, String expected) throws Exception {
        assertThat(led(pattern, regular, target, localPart)).isEqualTo(expected);
    }

    @Test
    void what_a_stranger_writes_cannot_choose_the_domain() throws Exception {
        assertThat(led("to-*", false, "$1", "to-me@evil.test")).isEqualTo("\"me@evil.test\"@here.test");
        assertThat(led("to-*", false, "$1", "to-")).isEmpty();
        assertThat(led("*", false, "$1-$1-$1@there.test", "a".repeat(40))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "(, true, x",
        "a, true, $1",
        "a*, false, $2",
        "a, false, @x",
        "a, false, x@$1",
        "'', false, x",
        "(?=a), true, x"
    })
    void what_makes_no_sense_is_refused(String pattern, boolean regular, String target) {
        assertThatThrownBy(() -> led(pattern, regular, target, "a")).isInstanceOf(BadAddress.class);
    }

    /** A matcher that tries one way after another would be at it for years; this bound is for the case that it is one. */
    @Test
    @Timeout(60)
    void no_pattern_is_catastrophic() throws Exception {
        assertThat(led("(a*)*b", true, "x", "a".repeat(60))).isEmpty();
        assertThat(led("(a|a|aa)+$", true, "x", "a".repeat(60) + "b")).isEmpty();
        assertThat(led("*a*a*a*a*a*a*a*", false, "x", "a".repeat(60))).isEqualTo("x@here.test");
        assertThatThrownBy(() -> led("((a{1000}){1000}){1000}", true, "x", "a")).isInstanceOf(BadAddress.class);
        assertThatThrownBy(() -> led("((a{9,99}){99,})", true, "x", "a")).isInstanceOf(BadAddress.class);
    }
}
