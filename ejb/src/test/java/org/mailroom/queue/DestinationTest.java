package org.mailroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.relay.Outcome;

/** How many speak to a domain at a time: as many as it bears. */
class DestinationTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Destination destination = new Destination("there.test", () -> 20);

    private void silent() {
        var outcome = ScriptedRelays.outcome(Outcome.Kind.DEFERRED, 0, "4.4.1");
        destination.silent(outcome, "mx.there.test", RetrySchedule.STANDARD, NOW);
    }

    @Test
    void each_that_went_through_makes_room_for_one_more_up_to_what_is_allowed() {
        assertThat(destination.window()).isEqualTo(2);
        for (int more = 3; more <= 20; more++) {
            destination.answered();
            assertThat(destination.window()).isEqualTo(more);
        }
        destination.answered();
        assertThat(destination.window()).isEqualTo(20);
    }

    @Test
    void a_host_that_wants_fewer_gets_half_and_never_none() {
        for (int i = 0; i < 18; i++) {
            destination.answered();
        }
        destination.crowded();
        assertThat(destination.window()).isEqualTo(10);
        for (int i = 0; i < 10; i++) {
            destination.crowded();
        }
        assertThat(destination.window()).isOne();
        destination.answered();
        assertThat(destination.window()).isEqualTo(2);
    }

    @Test
    void one_that_is_silent_is_asked_by_one_alone_and_not_at_once() {
        for (int i = 0; i < 18; i++) {
            destination.answered();
        }
        silent();
        assertThat(destination.window()).isOne();
        assertThat(destination.appetite()).isOne();
        assertThat(destination.isPaused(NOW)).isTrue();
        assertThat(destination.isPaused(NOW.plus(Duration.ofDays(1)))).isFalse();
        destination.answered();
        assertThat(destination.isPaused(NOW)).isFalse();
    }

    @Test
    void one_that_is_new_takes_one_message_at_a_time_until_it_answers() {
        assertThat(destination.appetite()).isOne();
        for (int i = 0; i < 18; i++) {
            destination.answered();
        }
        assertThat(destination.appetite()).isGreaterThan(1);
    }

    @Test
    void who_asks_has_it_tried_at_once() {
        silent();
        destination.resume();
        assertThat(destination.isPaused(NOW)).isFalse();
    }
}
