package org.mailroom.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodiesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "+999999999-12-31T23:59:59Z",
                "-999999999-01-01T00:00:00Z",
                "+10000-01-01T00:00:00Z",
                "tomorrow",
                ""
            })
    void what_is_no_time_of_a_calendar_is_none(String text) {
        assertThat(Bodies.time(text)).isEmpty();
    }

    @Test
    void a_time_may_be_left_out() {
        var body = Json.createObjectBuilder()
                .addNull("never")
                .add("at", "9999-12-31T23:59:59Z")
                .build();
        assertThat(Bodies.time(body, "never")).isNull();
        assertThat(Bodies.time(body, "none")).isNull();
        assertThat(Bodies.time(body, "at")).isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
    }

    @Test
    void a_text_with_a_nul_cannot_be_kept() {
        assertThat(Bodies.canBeKept("a\0b")).isFalse();
        assertThat(Bodies.canBeKept("a b\n")).isTrue();
    }
}
