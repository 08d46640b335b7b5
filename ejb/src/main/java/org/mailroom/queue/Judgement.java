package org.mailroom.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.mailroom.contract.relay.Outcome;

/**
 * What follows from an attempt: who is done, who waits and how long, who failed. A value, so that it can be settled in one
 * short transaction and tested without any.
 */
public record Judgement(List<Attempt.Result> sent, List<Later> later, List<Attempt.Result> failed) {
    public Judgement {
        sent = List.copyOf(sent);
        later = List.copyOf(later);
        failed = List.copyOf(failed);
    }

    /** One that will be tried again. */
    record Later(Attempt.Result result, Duration delay) {}

    static Judgement of(Batch batch, Attempt attempt, RetrySchedule schedule, Instant now, RandomGenerator chance) {
        var sent = new ArrayList<Attempt.Result>();
        var later = new ArrayList<Later>();
        var failed = new ArrayList<Attempt.Result>();
        for (var result : attempt.results()) {
            switch (result.outcome().kind()) {
                case DELIVERED -> sent.add(result);
                case FAILED -> failed.add(result);
                case DEFERRED, UNKNOWN -> {
                    if (now.isBefore(batch.expires())) {
                        later.add(new Later(result, delay(batch, result, schedule, now, chance)));
                    } else {
                        failed.add(expired(result));
                    }
                }
            }
        }
        return new Judgement(sent, later, failed);
    }

    /** The last attempt is made when the time is over, not up to hours before. */
    private static Duration delay(
            Batch batch, Attempt.Result result, RetrySchedule schedule, Instant now, RandomGenerator chance) {
        var wait = schedule.after(result.addressee().attempts() + 1, chance);
        return RetrySchedule.shorter(
                wait, Duration.between(now, batch.expires()).plusSeconds(1));
    }

    /** RFC 3463: 4.4.7 for what took too long; the last reply stays, for it is the reason. */
    private static Attempt.Result expired(Attempt.Result result) {
        var last = result.outcome();
        var status = last.code() > 0 ? last.status() : "4.4.7";
        var outcome = new Outcome(Outcome.Kind.DEFERRED, last.code(), status, last.text());
        return new Attempt.Result(result.addressee(), outcome, result.host(), result.tls());
    }
}
