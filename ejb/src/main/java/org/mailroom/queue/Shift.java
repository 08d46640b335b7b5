package org.mailroom.queue;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.mailroom.contract.MailException;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.directory.Directory;
import org.mailroom.message.Messages;
import org.mailroom.queue.Claims.Choice;
import org.mailroom.trace.OneLine;

/** What a turn of work does: claims some of what is due for a destination, sends it, and settles what came of it. */
final class Shift {
    private static final System.Logger LOG = System.getLogger(Shift.class.getName());

    /** Between two tries to write down what came of an attempt; each is twice as long, half a minute in all. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(16);

    /** What one turn works with. */
    private record Turn(
            Destination destination, Terms terms, Contents contents, Delivery.Tour tour, Optional<Halt> halt) {}

    private static final Outcome GIVEN_UP =
            new Outcome(Outcome.Kind.FAILED, 0, "5.0.0", "An administrator returned the message");

    private final QueueSettings settings;
    private final Claims claims;
    private final Delivery delivery;
    private final Messages messages;
    private final Directory directory;
    private final Settlement settlement;
    private final DeliveryTerms terms;
    private final Alarms alarms;
    private final SentTogether together;
    private final Set<Long> inHand = ConcurrentHashMap.newKeySet();
    private volatile boolean ending;

    Shift(
            QueueSettings settings,
            Claims claims,
            Delivery delivery,
            Messages messages,
            Directory directory,
            Settlement settlement,
            DeliveryTerms terms,
            Alarms alarms) {
        this.settings = settings;
        this.claims = claims;
        this.delivery = delivery;
        this.messages = messages;
        this.directory = directory;
        this.settlement = settlement;
        this.terms = terms;
        this.together = new SentTogether(sent -> settlement.settle(sent, claims.holder()));
        this.alarms = alarms;
    }

    /** Rows that this node is at work on. */
    Collection<Long> inHand() {
        return List.copyOf(inHand);
    }

    /** Nothing more is sent. */
    void end() {
        ending = true;
    }

    /** One turn; says whether there may be more to do. */
    boolean turn(Destination destination) {
        if (ending) {
            return false;
        }
        try {
            var halt = halt(destination);
            if (halt.isPresent()) {
                return work(destination, Choice.URGENT, halt);
            }
            if (!directory.isHeld(destination.domain)) {
                return work(destination, Choice.ALL, halt);
            }
            claims.park(destination.domain);
            boolean judged = work(destination, Choice.URGENT_AND_HELD, Optional.of(Halt.held()));
            return work(destination, Choice.RELEASED, halt) || judged;
        } catch (SQLException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "queue domain=" + OneLine.of(destination.domain, 260) + " status=stalled cause="
                            + OneLine.of(String.valueOf(e.getMessage()), 300));
            return false;
        } catch (RuntimeException e) {
            // Nobody above would tell of it.
            LOG.log(
                    System.Logger.Level.ERROR,
                    "queue domain=" + OneLine.of(destination.domain, 260) + " status=stalled",
                    e);
            return false;
        }
    }

    /** Why nothing leaves for a domain just now, if so; what is due is then put off. */
    private Optional<Halt> halt(Destination destination) throws SQLException {
        var now = Instant.now();
        var domain = destination.domain;
        if (terms.pausedBy(domain).isPresent()) {
            var paused = Halt.paused(now);
            if (claims.postponePaused(domain, paused.until(), paused.outcome())) {
                wakeIn(Duration.between(now, paused.until()), domain);
                return Optional.of(paused);
            }
        }
        var silent = Halt.silent(destination, now);
        if (silent.isPresent()) {
            claims.postpone(
                    domain,
                    silent.get().until(),
                    silent.get().outcome(),
                    silent.get().host());
            wakeIn(Duration.between(now, silent.get().until()), domain);
        }
        return silent;
    }

    /** Claims some and handles it; where the domain is halted, it is judged without an attempt. */
    private boolean work(Destination destination, Choice choice, Optional<Halt> halt) throws SQLException {
        int most = destination.appetite();
        var rules = terms.of(destination.domain);
        int rate = halt.isPresent() ? 0 : rules.perMinute();
        int allowed = rate == 0 ? most : claims.allowance(destination.domain, most, rate);
        if (allowed == 0) {
            destination.claimed(0, most);
            wakeIn(Duration.ofMinutes(1).dividedBy(rate), destination.domain);
            return false;
        }
        var batches = claims.claim(destination.domain, allowed, choice);
        if (rate > 0 && batches.size() < allowed) {
            claims.unused(destination.domain, allowed - batches.size(), rate);
        }
        var ids = batches.stream().flatMap(batch -> batch.ids().stream()).toList();
        destination.claimed(ids.size(), most);
        inHand.addAll(ids);
        try {
            var turn = new Turn(destination, rules, new Contents(messages, batches), delivery.new Tour(), halt);
            batches.forEach(batch -> handle(turn, batch));
            if (ending) {
                claims.release(ids); // what was not handled any more
            }
        } finally {
            ids.forEach(inHand::remove);
        }
        return !batches.isEmpty();
    }

    private void wakeIn(Duration wait, String domain) {
        var now = Instant.now();
        alarms.set(domain, now.plus(wait), now);
    }

    private void handle(Turn turn, Batch batch) {
        if (ending) {
            return;
        }
        try {
            if (!batch.givenUp().isEmpty()) {
                settle(turn, batch, Attempt.all(batch, GIVEN_UP, "", Attempt.Contact.NONE));
                return;
            }
            if (directory.isOurs(batch.domain())) {
                bringHome(turn, batch);
                return;
            }
            var halt = turn.halt().or(() -> Halt.silent(turn.destination(), Instant.now()));
            // What an operator leads elsewhere does not ask the domain's own hosts.
            var attempt = halt.isEmpty() || !batch.route().isEmpty()
                    ? turn.tour().send(batch, turn.contents().of(batch))
                    : Attempt.all(batch, halt.get().outcome(), halt.get().host(), Attempt.Contact.NONE);
            learn(turn, batch, attempt);
            settle(turn, batch, attempt);
        } catch (IOException | MailException | RuntimeException | StackOverflowError | LinkageError e) {
            failed(batch, e);
        }
    }

    private void learn(Turn turn, Batch batch, Attempt attempt) {
        var destination = turn.destination();
        if (isElsewhere(batch)) {
            return;
        }
        switch (attempt.contact()) {
            case TALKED -> destination.answered();
            case TURNED_AWAY -> destination.crowded();
            case SILENT -> {
                var first = attempt.results().getFirst();
                destination.silent(first.outcome(), first.host(), turn.terms().schedule(), Instant.now());
            }
            case NONE -> {}
        }
    }

    /** Whether it went to a host that tells nothing of the domain's own: an operator's choice, or its sender's. */
    private boolean isElsewhere(Batch batch) {
        return !batch.route().isEmpty()
                || directory
                        .route(batch.domain(), batch.reversePath())
                        .filter(plan -> !plan.sender().isEmpty())
                        .isPresent();
    }

    private void settle(Turn turn, Batch batch, Attempt attempt) throws MailException {
        var schedule = turn.terms().schedule();
        var judgement = Judgement.of(batch, attempt, schedule, Instant.now(), ThreadLocalRandom.current());
        settle(batch, judgement);
        judgement.later().forEach(later -> wakeIn(later.delay(), batch.domain()));
    }

    private void settle(Batch batch, Judgement judgement) throws MailException {
        settle(batch, judgement, report(batch, Notice.of(judgement)));
    }

    private void settle(Batch batch, Judgement judgement, Optional<Report> report) throws MailException {
        if (writtenTogether(batch, judgement, report)
                || written(() -> settlement.settle(batch, judgement, report, claims.holder()))) {
            log(QueueTrace.lines(batch, judgement, report), true);
            return;
        }
        var left = written(() -> settlement.left(batch, claims.holder()));
        if (left.addressees().size() == batch.addressees().size()
                && report.filter(told -> !told.queued()).isPresent()) {
            settle(batch, judgement, report.map(Report::throughQueue));
            return;
        }
        if (!isPart(left, batch)) {
            log(QueueTrace.lines(batch, judgement, report), false);
            return;
        }
        var lost = judgement.of(without(batch, left));
        log(QueueTrace.lines(batch, lost, Optional.empty()), false);
        settle(left, judgement.of(left.addressees()));
    }

    /** Whether some of a batch that could not be settled as a whole is still ours; is it all, that was not the reason. */
    private static boolean isPart(Batch left, Batch batch) {
        int some = left.addressees().size();
        return some > 0 && some < batch.addressees().size();
    }

    private Optional<Batch> left(Batch batch) {
        return Optional.of(written(() -> settlement.left(batch, claims.holder())))
                .filter(left -> isPart(left, batch));
    }

    private static List<Batch.Addressee> without(Batch batch, Batch left) {
        return batch.addressees().stream()
                .filter(to -> !left.addressees().contains(to))
                .toList();
    }

    /** What most messages come to: all was sent, and nobody is told. */
    private boolean writtenTogether(Batch batch, Judgement judgement, Optional<Report> report) {
        boolean plain = batch.whole()
                && report.isEmpty()
                && judgement.later().isEmpty()
                && judgement.failed().isEmpty();
        return plain && together.settle(new Sent(batch, judgement));
    }

    private static void log(List<String> lines, boolean settled) {
        lines.forEach(line -> LOG.log(System.Logger.Level.INFO, settled ? line : line + " lease=lost"));
    }

    private void bringHome(Turn turn, Batch batch) throws MailException {
        var homecoming = Homecoming.of(batch, directory::whereToAsking);
        if (!homecoming.home().addressees().isEmpty()) {
            var report = report(homecoming.home(), Notice.delivered(homecoming.delivered()));
            boolean home = written(() -> settlement.bringHome(homecoming, report, claims.holder()));
            var left = home ? Optional.<Batch>empty() : left(homecoming.home());
            if (left.isPresent()) {
                bringHome(turn, left.get());
            } else {
                log(QueueTrace.lines(homecoming), home);
            }
        }
        if (!homecoming.refused().isEmpty()) {
            var refused =
                    homecoming.refused().stream().map(Attempt.Result::addressee).toList();
            settle(
                    turn,
                    batch.of(
                            refused,
                            batch.whole() && homecoming.home().addressees().isEmpty()),
                    new Attempt(homecoming.refused(), Attempt.Contact.NONE));
        }
    }

    /**
     * Writes down what came of an attempt, again where the database is away for a moment: what was sent and not written down
     * would be sent twice.
     */
    private <T> T written(Supplier<T> write) {
        var pause = FIRST_PAUSE;
        while (true) {
            try {
                return write.get();
            } catch (RuntimeException e) {
                if (ending || !DatabaseTrouble.mendsItself(e) || pause.compareTo(LONGEST_PAUSE) > 0) {
                    throw e;
                }
                LOG.log(
                        System.Logger.Level.WARNING,
                        "queue status=not-written and tried again cause=" + OneLine.of(e.toString(), 300));
                LockSupport.parkNanos(pause.toNanos());
                pause = pause.multipliedBy(2);
            }
        }
    }

    private Optional<Report> report(Batch batch, List<Notice> notices) throws MailException {
        if (notices.stream().noneMatch(Notice::isWanted)) {
            return Optional.empty();
        }
        return Report.due(
                batch, notices, settings.hostname(), directory.whereToAsking(batch.reversePath()), messages::octets);
    }

    /** A database that is away mends itself: the lease runs out and it is tried again. Everything else is set aside. */
    private void failed(Batch batch, Throwable problem) {
        LOG.log(System.Logger.Level.ERROR, "q=" + batch.queueId() + " status=fault", problem);
        if (DatabaseTrouble.mendsItself(problem)) {
            return;
        }
        try {
            settlement.poison(batch, OneLine.of(problem.toString(), 1000), claims.holder());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "q=" + batch.queueId() + " status=not-set-aside", e);
        }
    }
}
