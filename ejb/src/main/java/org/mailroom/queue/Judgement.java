package org.mailroom.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
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

    /** RFC 2852 §4.1.2: the sender set the time that is over. */
    static final String SENDERS_TIME = "5.4.7";

    /**
     * One that will be tried again.
     *
     * @param late whether its sender is told now that it takes long; this is said once
     */
    record Later(Attempt.Result result, Duration delay, boolean late) {
        Later(Attempt.Result result, Duration delay) {
            this(result, delay, false);
        }
    }

    /** Those that will be tried again, and whose sender is told so now. */
    List<Attempt.Result> delayed() {
        return later.stream().filter(Later::late).map(Later::result).toList();
    }

    /** What of it concerns these. */
    Judgement of(List<Batch.Addressee> some) {
        var ids = some.stream().map(Batch.Addressee::id).collect(Collectors.toSet());
        return new Judgement(
                sent.stream()
                        .filter(result -> ids.contains(result.addressee().id()))
                        .toList(),
                later.stream()
                        .filter(each -> ids.contains(each.result().addressee().id()))
                        .toList(),
                failed.stream()
                        .filter(result -> ids.contains(result.addressee().id()))
                        .toList());
    }

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
                        var notice = result.addressee().notice();
                        boolean late = notice != null && !now.isBefore(notice);
                        later.add(new Later(result, delay(batch, result, schedule, now, chance), late));
                    } else {
                        failed.add(expired(batch, result));
                    }
                }
            }
        }
        return new Judgement(sent, later, failed);
    }

    /** The last attempt is made when the time is over, not up to hours before, and one before the sender is told of a delay. */
    private static Duration delay(
            Batch batch, Attempt.Result result, RetrySchedule schedule, Instant now, RandomGenerator chance) {
        var wait = schedule.after(result.addressee().attempts() + 1, chance);
        var end = batch.expires();
        var notice = result.addressee().notice();
        var next = notice != null && now.isBefore(notice) && notice.isBefore(end) ? notice : end;
        return RetrySchedule.shorter(wait, Duration.between(now, next).plusSeconds(1));
    }

    /** RFC 3463: 4.4.7 for what took too long; the last reply stays, for it is the reason. */
    private static Attempt.Result expired(Batch batch, Attempt.Result result) {
        var last = result.outcome();
        boolean set = Wishes.of(batch.parameters()).endsAt(batch.created(), batch.expires());
        var status = set ? SENDERS_TIME : last.code() > 0 ? last.status() : "4.4.7";
        var outcome = new Outcome(Outcome.Kind.DEFERRED, last.code(), status, last.text());
        return new Attempt.Result(result.addressee(), outcome, result.host(), result.tls());
    }
}
