package org.mailroom.receive;

import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;
import org.mailroom.mailbox.LocalDelivery;
import org.mailroom.message.Messages;
import org.mailroom.message.ParsedMessage;
import org.mailroom.queue.OutboundQueue;
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
    private Trace trace;

    @Inject
    private LocalDelivery localDelivery;

    /**
     * @param envelope as it came, of which only the remote recipients are queued
     * @param junk whether local recipients find it where junk belongs
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void keep(
            String queueId,
            ParsedMessage parsed,
            MessageSource source,
            Envelope envelope,
            Recipients recipients,
            boolean junk,
            List<TraceStep> steps)
            throws MailException {
        long message = messages.keep(parsed, source);
        if (!recipients.remote().isEmpty()) {
            queue.submit(
                    queueId, message, new Envelope(envelope.reversePath(), envelope.parameters(), recipients.remote()));
        }
        trace.write(steps);
        try {
            // The last deed, because it locks the mailboxes until the commit.
            var accounts = recipients.local().keySet();
            if (junk) {
                localDelivery.deliverJunk(message, parsed.size(), Instant.now(), accounts);
            } else {
                localDelivery.deliver(message, parsed.size(), Instant.now(), accounts);
            }
        } catch (MailException e) {
            context.setRollbackOnly();
            throw e;
        }
    }
}
