package org.mailroom.queue;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;
import org.mailroom.directory.Directory;
import org.mailroom.message.Messages;
import org.mailroom.trace.OneLine;

/** What a turn of work does: claims some of what is due for a destination, sends it, and settles what came of it. */
final class Shift {
    private static final System.Logger LOG = System.getLogger(Shift.class.getName());

    /** Up to here a message is read in one piece. */
    private static final int SMALL = 128 * 1024;

    /** Between two tries to write down what came of an attempt; each is twice as long, half a minute in all. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(16);

    private final QueueSettings settings;
    private final Claims claims;
    private final Delivery delivery;
    private final Messages messages;
    private final Directory directory;
    private final Settlement settlement;
    private final Alarms alarms;
    private final Set<Long> inHand = ConcurrentHashMap.newKeySet();
    private volatile boolean ending;

    Shift(
            QueueSettings settings,
            Claims claims,
            Delivery delivery,
            Messages messages,
            Directory directory,
            Settlement settlement,
            Alarms alarms) {
        this.settings = settings;
        this.claims = claims;
        this.delivery = delivery;
        this.messages = messages;
        this.directory = directory;
        this.settlement = settlement;
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
            boolean paused = destination.isPaused(Instant.now());
            if (paused) {
                postpone(destination);
            }
            var batches = claims.claim(destination.domain, destination.appetite(), paused);
            var ids = batches.stream().flatMap(batch -> batch.ids().stream()).toList();
            inHand.addAll(ids);
            try {
                batches.forEach(batch -> handle(destination, batch));
                if (ending) {
                    claims.release(ids); // what was not handled any more
                }
            } finally {
                ids.forEach(inHand::remove);
            }
            return !batches.isEmpty();
        } catch (SQLException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "queue domain=" + OneLine.of(destination.domain, 260) + " status=stalled cause="
                            + OneLine.of(String.valueOf(e.getMessage()), 300));
            return false;
        }
    }

    private void postpone(Destination destination) throws SQLException {
        var trouble = destination.trouble();
        if (trouble != null) {
            var until = destination.pausedUntil();
            var left = Duration.between(Instant.now(), until);
            claims.postpone(destination.domain, until, trouble, destination.troubledHost());
            wakeIn(left, destination.domain);
        }
    }

    private void wakeIn(Duration wait, String domain) {
        var now = Instant.now();
        alarms.set(domain, now.plus(wait), now);
    }

    private void handle(Destination destination, Batch batch) {
        if (ending) {
            return;
        }
        try {
            if (directory.isOurs(batch.domain())) {
                bringHome(batch);
                return;
            }
            var trouble = destination.isPaused(Instant.now()) ? destination.trouble() : null;
            var attempt = trouble == null
                    ? delivery.send(batch, content(batch))
                    : Attempt.all(batch, trouble, destination.troubledHost(), Attempt.Contact.NONE);
            learn(destination, attempt);
            settle(batch, attempt);
        } catch (IOException | MailException | RuntimeException e) {
            failed(batch, e);
        }
    }

    private MessageSource content(Batch batch) throws IOException, MailException {
        if (batch.size() > SMALL) {
            return ReturnPath.skipped(messages.source(batch.message()));
        }
        var octets = messages.octets(batch.message(), 0, (int) batch.size());
        return MessageSource.of(Arrays.copyOfRange(octets, ReturnPath.length(octets), octets.length));
    }

    private void learn(Destination destination, Attempt attempt) {
        switch (attempt.contact()) {
            case TALKED -> destination.answered();
            case TURNED_AWAY -> destination.crowded();
            case SILENT -> {
                var first = attempt.results().getFirst();
                destination.silent(first.outcome(), first.host(), settings.schedule(), Instant.now());
            }
            case NONE -> {}
        }
    }

    private void settle(Batch batch, Attempt attempt) throws MailException {
        var judgement = Judgement.of(batch, attempt, settings.schedule(), Instant.now(), ThreadLocalRandom.current());
        var report = report(batch, Notice.of(judgement));
        log(
                QueueTrace.lines(batch, judgement, report),
                written(() -> settlement.settle(batch, judgement, report, claims.holder())));
        judgement.later().forEach(later -> wakeIn(later.delay(), batch.domain()));
    }

    private static void log(List<String> lines, boolean settled) {
        lines.forEach(line -> LOG.log(System.Logger.Level.INFO, settled ? line : line + " lease=lost"));
    }

    private void bringHome(Batch batch) throws MailException {
        var homecoming = Homecoming.of(batch, directory::whereTo);
        if (!homecoming.home().addressees().isEmpty()) {
            var report = report(homecoming.home(), Notice.delivered(homecoming.delivered()));
            log(QueueTrace.lines(homecoming), written(() -> settlement.bringHome(homecoming, report, claims.holder())));
        }
        if (!homecoming.refused().isEmpty()) {
            var refused =
                    homecoming.refused().stream().map(Attempt.Result::addressee).toList();
            settle(
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
    private boolean written(BooleanSupplier write) {
        var pause = FIRST_PAUSE;
        while (true) {
            try {
                return write.getAsBoolean();
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
                batch, notices, settings.hostname(), directory.whereTo(batch.reversePath()), messages::octets);
    }

    /** A database that is away mends itself: the lease runs out and it is tried again. Everything else is set aside. */
    private void failed(Batch batch, Exception problem) {
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
