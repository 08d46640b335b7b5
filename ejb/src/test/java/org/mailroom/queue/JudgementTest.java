package org.mailroom.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.queue.ScriptedRelays.outcome;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.contract.relay.Outcome.Kind;
import org.mailroom.queue.Attempt.Contact;

class JudgementTest {
    private final RetrySchedule schedule =
            new RetrySchedule(Duration.ofMinutes(5), Duration.ofHours(4), Duration.ofDays(5));
    private final Batch batch = DeliveryTest.batch("x@there.test");

    private Judgement judge(Outcome outcome, Instant now) {
        return Judgement.of(
                batch, Attempt.all(batch, outcome, "one.test", Contact.TALKED), schedule, now, new Random(1));
    }

    @Test
    void four_hundred_waits_and_five_hundred_fails() {
        assertThat(judge(outcome(Kind.DEFERRED, 450, "4.2.0"), batch.created()).later())
                .hasSize(1);
        assertThat(judge(outcome(Kind.FAILED, 550, "5.1.1"), batch.created()).failed())
                .hasSize(1);
        assertThat(judge(outcome(Kind.DELIVERED, 250, "2.0.0"), batch.created()).sent())
                .hasSize(1);
    }

    @Test
    void what_may_have_arrived_is_tried_again() {
        assertThat(judge(outcome(Kind.UNKNOWN, 0, "4.4.2"), batch.created()).later())
                .hasSize(1);
    }

    @Test
    void the_last_attempt_is_made_when_the_time_is_over() {
        var later = judge(outcome(Kind.DEFERRED, 0, "4.4.1"), batch.expires().minusSeconds(20))
                .later();
        assertThat(later.getFirst().delay()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(21));
    }

    @Test
    void after_that_it_failed_with_the_last_reply() {
        var failed =
                judge(outcome(Kind.DEFERRED, 452, "4.2.2"), batch.expires()).failed();
        assertThat(failed.getFirst().outcome().status()).isEqualTo("4.2.2");
        failed = judge(outcome(Kind.DEFERRED, 0, "4.4.1"), batch.expires()).failed();
        assertThat(failed.getFirst().outcome().status()).isEqualTo("4.4.7");
    }
}
