package org.mailroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private final RetrySchedule schedule =
            new RetrySchedule(Duration.ofMinutes(5), Duration.ofHours(4), Duration.ofDays(5));

    @Test
    void each_wait_is_twice_the_one_before_up_to_the_longest() {
        assertThat(IntStream.rangeClosed(1, 8).mapToObj(schedule::steady).map(Duration::toMinutes))
                .containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 240L, 240L);
    }

    @Test
    void a_message_that_was_tried_for_ever_still_waits_the_longest() {
        assertThat(schedule.steady(Integer.MAX_VALUE)).isEqualTo(Duration.ofHours(4));
    }

    @Test
    void chance_spreads_what_failed_together() {
        var chance = new Random(1);
        var waits = IntStream.range(0, 1000)
                .mapToObj(i -> schedule.after(1, chance))
                .toList();
        assertThat(waits).allSatisfy(wait -> assertThat(wait).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(6)));
        assertThat(waits.stream().distinct().count()).isGreaterThan(900);
    }
}
