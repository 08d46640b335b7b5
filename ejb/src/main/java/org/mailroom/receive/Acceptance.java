package org.mailroom.receive;

import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;
import org.mailroom.feedback.Feedback;
import org.mailroom.mailbox.LocalDelivery;
import org.mailroom.message.Messages;
import org.mailroom.message.ParsedMessage;
import org.mailroom.policy.Decision;
import org.mailroom.queue.OutboundQueue;
import org.mailroom.queue.Report;
import org.mailroom.queue.SuccessReports;
import org.mailroom.trace.Trace;
import org.mailroom.trace.TraceStep;

/** The one transaction in which a message becomes ours, for all of its recipients or for none. */
@Stateless
public class Acceptance {
    @Resource
    private SessionContext context;

    @Inject
    private Messages messages;

    @Inject
    private OutboundQueue queue;

    @Inject
    private SuccessReports reports;

    @Inject
    private Feedback feedback;

    @Inject
    private Trace trace;

    @Inject
    private LocalDelivery localDelivery;

    @Inject
    private Quarantine quarantine;

    @Inject
    private Moderation moderation;

    /** Keeps it for an administrator. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void quarantine(
            String queueId,
            ParsedMessage parsed,
            MessageSource source,
            String client,
            Envelope envelope,
            Decision decision,
            List<TraceStep> steps) {
        quarantine.keep(queueId, messages.keep(queueId, parsed, source), client, envelope, decision);
        trace.write(steps);
    }

    /** Keeps the report to its sender, if one is due, and nothing of the message. @param queueId of the message */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void giveUp(String queueId, Optional<Report> report, List<TraceStep> steps) {
        trace.write(steps);
        report.ifPresent(due -> send(queueId, due));
    }

    /** Through the queue also where the sender is ours: mailboxes are locked there. @param queueId of what it reports on */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void send(String queueId, Report due) {
        queue.submit(due.queueId(), messages.keep(due.queueId(), due.parsed(), due.octets()), due.comingHome());
        trace.write(due.steps(queueId));
    }

    /** As {@link #keep}, in the caller's transaction: what was set aside goes on after all. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void keepNow(
            String queueId,
            ParsedMessage parsed,
            MessageSource source,
            Envelope envelope,
            Recipients recipients,
            List<Copy> copies,
            List<TraceStep> steps)
            throws MailException {
        keep(queueId, parsed, source, envelope, recipients, copies, false, steps);
    }

    /** As {@link #keep}; and for some recipients it waits for moderators. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void keepAndHold(
            String queueId,
            ParsedMessage parsed,
            MessageSource source,
            Envelope envelope,
            Recipients recipients,
            List<Copy> copies,
            boolean junk,
            List<TraceStep> steps,
            String client,
            List<Envelope.Recipient> waiting)
            throws MailException {
        try {
            moderation.hold(queueId, parsed, source, client, envelope, waiting);
        } catch (MailException e) {
            context.setRollbackOnly();
            throw e;
        }
        keep(queueId, parsed, source, envelope, recipients, copies, junk, steps);
    }

    /**
     * @param envelope as it came, of which only the remote recipients are queued
     * @param copies which go their own way
     * @param junk whether local recipients find it where junk belongs
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void keep(
            String queueId,
            ParsedMessage parsed,
            MessageSource source,
            Envelope envelope,
            Recipients recipients,
            List<Copy> copies,
            boolean junk,
            List<TraceStep> steps)
            throws MailException {
        var arrivals = new ArrayList<Arrival>();
        if (recipients.isKept()) {
            long message = messages.keep(queueId, parsed, source);
            submit(queueId, message, new Envelope(envelope.reversePath(), envelope.parameters(), recipients.remote()));
            arrivals.add(new Arrival(message, parsed.size(), recipients.local().keySet()));
        }
        for (var copy : copies) {
            long message = messages.keep(queueId, copy.parsed(), copy.source());
            submit(queueId, message, copy.onward().envelope());
            arrivals.add(new Arrival(
                    message, copy.parsed().size(), copy.onward().local().keySet()));
        }
        if (!arrivals.isEmpty() && feedback.isFor(envelope)) {
            feedback.note(queueId, arrivals.getFirst().message());
        }
        trace.write(steps);
        tellSuccess(queueId, parsed, source, envelope, recipients);
        deliver(arrivals, junk);
    }

    /** A kept message, and who gets it here. */
    private record Arrival(long message, long size, Set<AccountId> accounts) {}

    private void submit(String queueId, long message, Envelope envelope) {
        if (!envelope.recipients().isEmpty()) {
            queue.submit(queueId, message, envelope);
        }
    }

    private void tellSuccess(
            String queueId, ParsedMessage parsed, MessageSource source, Envelope envelope, Recipients recipients)
            throws MailException {
        if (!recipients.delivered().isEmpty() || !recipients.expanded().isEmpty()) {
            reports.tell(queueId, parsed, source, envelope, recipients.delivered(), recipients.expanded());
        }
    }

    /** The last deed, because it locks the mailboxes until the commit. */
    private void deliver(List<Arrival> arrivals, boolean junk) throws MailException {
        try {
            if (arrivals.size() > 1) {
                hold(arrivals, junk);
            }
            for (var arrival : arrivals) {
                if (junk) {
                    localDelivery.deliverJunk(arrival.message(), arrival.size(), Instant.now(), arrival.accounts());
                } else {
                    localDelivery.deliver(arrival.message(), arrival.size(), Instant.now(), arrival.accounts());
                }
            }
        } catch (MailException e) {
            context.setRollbackOnly();
            throw e;
        }
    }

    /** Several deliveries lock as one would, so that the order of locks stays one for all. */
    private void hold(List<Arrival> arrivals, boolean junk) throws MailException {
        var accounts = new HashSet<AccountId>();
        arrivals.forEach(arrival -> accounts.addAll(arrival.accounts()));
        localDelivery.hold(accounts, junk);
    }
}
