package org.mailroom.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AcmeOutcomeTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    @Test
    void next_is_ordered_when_a_third_of_the_life_is_left() {
        assertThat(AcmeOutcome.renewal(NOW, NOW.plus(Duration.ofDays(90)))).isEqualTo(NOW.plus(Duration.ofDays(60)));
        assertThat(AcmeOutcome.renewal(NOW, NOW.plus(Duration.ofDays(6)))).isEqualTo(NOW.plus(Duration.ofDays(4)));
    }

    @Test
    void failed_renewal_is_tried_again_the_more_often_the_nearer_the_end() {
        assertThat(AcmeOutcome.again(NOW, NOW.plus(Duration.ofDays(30)))).isEqualTo(NOW.plus(Duration.ofHours(12)));
        assertThat(AcmeOutcome.again(NOW, NOW.plus(Duration.ofHours(8)))).isEqualTo(NOW.plus(Duration.ofHours(1)));
        assertThat(AcmeOutcome.again(NOW, NOW.minus(Duration.ofDays(1)))).isEqualTo(NOW.plus(Duration.ofMinutes(1)));
    }

    @Test
    void first_order_that_failed_is_not_repeated_by_itself() {
        assertThat(AcmeOutcome.again(NOW, null)).isNull();
    }
}
