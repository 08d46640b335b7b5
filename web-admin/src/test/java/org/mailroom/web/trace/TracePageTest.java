package org.mailroom.web.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TracePageTest {
    @Test
    void last_day_counts_to_its_end() {
        assertThat(TracePage.midnight("2026-01-31", 0)).isEqualTo(Instant.parse("2026-01-31T00:00:00Z"));
        assertThat(TracePage.midnight("2026-01-31", 1)).isEqualTo(Instant.parse("2026-02-01T00:00:00Z"));
    }

    @Test
    void what_is_no_day_limits_nothing() {
        assertThat(TracePage.midnight("", 0)).isNull();
        assertThat(TracePage.midnight("yesterday", 0)).isNull();
    }
}
