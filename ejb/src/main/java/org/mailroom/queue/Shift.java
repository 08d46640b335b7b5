package org.mailroom.queue;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.directory.Directory;
import org.mailroom.message.Messages;
import org.mailroom.trace.OneLine;

/** What a turn of work does: claims some of what is due for a destination, sends it, and settles what came of it. */
final class Shift {
    private static final System.Logger LOG = System.getLogger(Shift.class.getName());

    /** Up to here a message is read in one piece. */
    private static final int SMALL = 128 * 1024;

    private final QueueSettings settings;
    private final Claims claims;
    private final Delivery delivery;
    private final Messages messages;
    private final Directory directory;
    private final Settlement settlement;
    private final Set<Long> inHand = ConcurrentHashMap.newKeySet();
    private volatile boolean ending;

    Shift(
            QueueSettings settings,
            Claims claims,
            Delivery delivery,
            Messages messages,
            Directory directory,
            Settlement settlement) {
        this.settings = settings;
        this.claims = claims;
        this.delivery = delivery;
        this.messages = messages;
        this.directory = directory;
        this.settlement = settlement;
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
            LOG.log(System.Logger.Level.WARNING, "queue domain=" + OneLine.of(destination.domain, 260) + " status=stalled cause="
                    + OneLine.of(String.valueOf(e.getMessage()), 300));
            return false;
        }
    }

    private void postpone(Destination destination) throws SQLException {
        var trouble = destination.trouble();
        if (trouble != null) {
            claims.postpone(destination.domain, destination.pausedUntil(), trouble, destination.troubledHost());
        }
    }

    private void handle(Destination destination, Batch batch) {
        if (ending) {
            return;
        }
        try {
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
        var judgement =
                Judgement.of(batch, attempt, settings.schedule(), Instant.now(), ThreadLocalRandom.current());
        var report = judgement.failed().isEmpty() ? Optional.<Report>empty() : report(batch, judgement);
        boolean settled = settlement.settle(batch, judgement, report, claims.holder());
        for (var line : QueueTrace.lines(batch, judgement, report)) {
            LOG.log(System.Logger.Level.INFO, settled ? line : line + " lease=lost");
        }
    }

    private Optional<Report> report(Batch batch, Judgement judgement) throws MailException {
        return Report.due(
                batch,
                judgement.failed(),
                settings.hostname(),
                directory.resolve(batch.reversePath()),
                messages::octets);
    }

    /** A database that is away mends itself: the lease runs out and it is tried again. Everything else is set aside. */
    private void failed(Batch batch, Exception problem) {
        LOG.log(System.Logger.Level.ERROR, "q=" + batch.queueId() + " status=fault", problem);
        if (isDatabase(problem)) {
            return;
        }
        try {
            settlement.poison(batch, OneLine.of(problem.toString(), 1000), claims.holder());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "q=" + batch.queueId() + " status=not-set-aside", e);
        }
    }

    private static boolean isDatabase(@Nullable Throwable problem) {
        for (var cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                return true;
            }
        }
        return false;
    }
}
