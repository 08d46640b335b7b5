package org.mailroom.queue;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.mailroom.contract.Envelope;

/** The way into the queue. The rows are the truth; what is said after the commit only wakes somebody up. */
@Stateless
public class OutboundQueue {
    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Event<QueueGrew> grew;

    @Inject
    private DeliveryTerms terms;

    /** Queues a kept message for recipients elsewhere, in the caller's transaction. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void submit(String queueId, long message, Envelope envelope) {
        try (var connection = database.getConnection()) {
            grew.fire(new QueueGrew(QueueTable.insert(connection, queueId, message, envelope, terms::of), false));
        } catch (SQLException e) {
            throw new IllegalStateException("the message was not queued", e);
        }
    }
}
