package org.mailroom.queue;

import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MailException;
import org.mailroom.mailbox.LocalDelivery;
import org.mailroom.message.Messages;
import org.mailroom.trace.Trace;
import org.mailroom.trace.TraceStep;
import org.mailroom.trace.TraceStep.Kind;

/**
 * Writes down what came of an attempt, in one transaction: recipients are closed or sent back to wait, the trace tells it, and
 * where the sender must hear of a failure, the report is delivered with it. So a report is neither lost nor made twice.
 */
@Stateless
public class Settlement {
    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Resource
    private SessionContext context;

    @Inject
    private Trace trace;

    @Inject
    private Messages messages;

    @Inject
    private LocalDelivery localDelivery;

    @Inject
    private OutboundQueue queue;

    @Inject
    private Latencies latencies;

    /**
     * False where nothing was written: not all of the batch is ours any more, or it is, and then it has to come again with its
     * report through the queue, because whoever would get it went in this very moment.
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public boolean settle(Batch batch, Judgement judgement, Optional<Report> report, String holder) {
        try {
            if (!write(batch, judgement, holder)) {
                context.setRollbackOnly();
                return false;
            }
            trace.write(QueueTrace.steps(batch, judgement, report));
            if (report.isPresent()) {
                deliver(report.get());
            }
            latencies.add(batch.created(), judgement.sent().size());
            return true;
        } catch (SQLException e) {
            throw new IllegalStateException("what came of " + batch.queueId() + " was not written", e);
        } catch (MailException e) {
            // What was sent must not be sent again for that.
            context.setRollbackOnly();
            return false;
        }
    }

    /** Messages all of whose recipients were taken, and of which nothing is reported; all or, then false, none. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public boolean settle(List<Sent> together, String holder) {
        var messages = together.stream().map(sent -> sent.batch().id()).toList();
        var recipients =
                together.stream().flatMap(sent -> sent.batch().ids().stream()).toList();
        try (var connection = database.getConnection()) {
            if (new Settling(connection, holder).close(messages, recipients) != recipients.size()) {
                context.setRollbackOnly();
                return false;
            }
            trace.write(together.stream()
                    .flatMap(sent -> QueueTrace.steps(sent.batch(), sent.judgement(), Optional.empty()).stream())
                    .toList());
            together.forEach(sent -> latencies.add(
                    sent.batch().created(), sent.judgement().sent().size()));
            return true;
        } catch (SQLException e) {
            throw new IllegalStateException("what was sent was not written", e);
        }
    }

    /** Delivers to mailboxes of ours, with the rows that close: neither lost nor doubled. False as above. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public boolean bringHome(Homecoming homecoming, Optional<Report> report, String holder) {
        var batch = homecoming.home();
        try {
            if (!write(batch, new Judgement(homecoming.delivered(), List.of(), List.of()), holder)) {
                context.setRollbackOnly();
                return false;
            }
            trace.write(QueueTrace.steps(homecoming, report));
            sendOn(
                    batch.queueId(),
                    batch.message(),
                    new Envelope(batch.reversePath(), batch.parameters(), to(homecoming.elsewhere())));
            report.ifPresent(told -> sendOn(
                    told.queueId(), messages.keep(told.queueId(), told.parsed(), told.octets()), told.comingHome()));
            localDelivery.deliver(batch.message(), batch.size(), Instant.now(), homecoming.accounts());
            return true;
        } catch (SQLException e) {
            throw new IllegalStateException(batch.queueId() + " was not delivered here", e);
        } catch (MailException e) {
            // An account went in this very moment; at the next attempt it is refused.
            context.setRollbackOnly();
            return false;
        }
    }

    /**
     * The part of a batch that is still leased to us: of what is being sent, an administrator may delete some. To be asked where
     * the whole could not be written, because what is left was sent and would be sent again.
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public Batch left(Batch batch, String holder) {
        try (var connection = database.getConnection()) {
            var leased = new Settling(connection, holder).leased(batch.ids());
            return batch.of(
                    batch.addressees().stream()
                            .filter(to -> leased.contains(to.id()))
                            .toList(),
                    batch.whole());
        } catch (SQLException e) {
            throw new IllegalStateException("what is left of " + batch.queueId() + " was not read", e);
        }
    }

    private boolean write(Batch batch, Judgement judgement, String holder) throws SQLException {
        try (var connection = database.getConnection()) {
            var settling = new Settling(connection, holder);
            if (!batch.whole()) {
                settling.lock(batch.id());
            }
            var closed = new ArrayList<Long>();
            judgement.sent().forEach(result -> closed.add(result.addressee().id()));
            judgement.failed().forEach(result -> closed.add(result.addressee().id()));
            return settling.close(List.of(batch.id()), closed) == closed.size()
                    && settling.defer(judgement.later()) == judgement.later().size();
        }
    }

    private void deliver(Report report) throws MailException {
        long message = messages.keep(report.queueId(), report.parsed(), report.octets());
        if (report.queued()) {
            sendOn(report.queueId(), message, report.comingHome());
            return;
        }
        sendOn(report.queueId(), message, report.envelope());
        // The last deed, because it locks mailboxes.
        localDelivery.deliver(
                message, report.parsed().size(), Instant.now(), report.to().accounts());
    }

    private void sendOn(String queueId, long message, Envelope envelope) {
        if (!envelope.recipients().isEmpty()) {
            queue.submit(queueId, message, envelope);
        }
    }

    private static List<Envelope.Recipient> to(List<String> addresses) {
        return addresses.stream().map(Envelope.Recipient::of).toList();
    }

    /** Sets a batch aside that met something unforeseen. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void poison(Batch batch, String cause, String holder) {
        try (var connection = database.getConnection()) {
            new Settling(connection, holder).poison(batch.ids(), cause);
            trace.write(batch.addressees().stream()
                    .map(to -> TraceStep.of(Kind.POISON, batch.queueId(), batch.reversePath(), to.address())
                            .detail(cause))
                    .toList());
        } catch (SQLException e) {
            throw new IllegalStateException(batch.queueId() + " was not set aside", e);
        }
    }
}
