package org.mailroom.queue;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.MailException;
import org.mailroom.message.Messages;

/** What waits, as administration sees it. */
@Stateless
public class QueuedMessages {
    @PersistenceContext(unitName = "mail")
    private EntityManager entities;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Messages messages;

    /** One message and those of its recipients that wait. */
    public record Listed(
            long id,
            String queueId,
            String reversePath,
            String subject,
            long size,
            Instant created,
            List<To> recipients) {
        public Listed {
            recipients = List.copyOf(recipients);
        }
    }

    /** One recipient. */
    public record To(
            String address,
            String state,
            int attempts,
            Instant nextAttempt,
            Instant expires,
            int priority,
            String route,
            String heldBy,
            @Nullable Instant heldAt,
            @Nullable Instant lastAttempt,
            String lastReply,
            String lastHost) {}

    /** A part of the queue, oldest first; of the recipients those that {@link QueueFilter#shows}. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<Listed> list(QueueFilter filter, int offset, int limit) {
        var ids = ids(filter, offset, limit);
        return ids.isEmpty()
                ? List.of()
                : entities.createQuery(
                                "SELECT m FROM QueuedMessage m JOIN FETCH m.message WHERE m.id IN :ids ORDER BY m.id",
                                QueuedMessage.class)
                        // One query for the recipients of all.
                        .setHint("eclipselink.batch", "m.recipients")
                        .setParameter("ids", ids)
                        .getResultStream()
                        .map(entry -> listed(entry, filter))
                        .toList();
    }

    private List<Long> ids(QueueFilter filter, int offset, int limit) {
        return numbers(
                filter,
                "SELECT q.id FROM queued_message q WHERE EXISTS (",
                ") ORDER BY q.id LIMIT " + limit + " OFFSET " + offset);
    }

    /** How many messages. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public long count(QueueFilter filter) {
        return numbers(filter, "SELECT count(*) FROM queued_message q WHERE EXISTS (", ")")
                .getFirst();
    }

    /** The same conditions as those of {@link QueueDeeds}: what is listed is what is changed. */
    private List<Long> numbers(QueueFilter filter, String before, String after) {
        var where = new QueueWhere(filter);
        var sql = before + "SELECT FROM queued_recipient r WHERE r.queued_id = q.id AND " + where.sql() + after;
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(sql)) {
            where.fill(query, connection);
            try (var rows = query.executeQuery()) {
                var found = new ArrayList<Long>();
                while (rows.next()) {
                    found.add(rows.getLong(1));
                }
                return found;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the queue does not answer", e);
        }
    }

    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Optional<Listed> find(long id) {
        return Optional.ofNullable(entities.find(QueuedMessage.class, id)).map(entry -> listed(entry, QueueFilter.ALL));
    }

    private static Listed listed(QueuedMessage entry, QueueFilter filter) {
        var subject = entry.message().subject();
        return new Listed(
                entry.id(),
                entry.queueId(),
                entry.reversePath(),
                subject == null ? "" : subject,
                entry.message().size(),
                entry.created().toInstant(),
                entry.recipients().stream()
                        .filter(recipient -> filter.shows(entry.reversePath(), recipient.domain()))
                        .map(QueuedMessages::to)
                        .toList());
    }

    private static To to(QueuedRecipient recipient) {
        return new To(
                recipient.address(),
                recipient.state(),
                recipient.attempts(),
                recipient.nextAttempt().toInstant(),
                recipient.expires().toInstant(),
                recipient.priority(),
                recipient.route(),
                recipient.heldBy(),
                instant(recipient.heldAt()),
                instant(recipient.lastAttempt()),
                recipient.lastReply(),
                recipient.lastHost());
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    /** The header of a message, at most so many octets; or all of it. Empty where it has left. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Optional<byte[]> octets(long id, boolean whole, int most) {
        var entry = entities.find(QueuedMessage.class, id);
        if (entry == null) {
            return Optional.empty();
        }
        var message = entry.message();
        try {
            long length = whole ? message.size() : message.headerSize();
            return Optional.of(messages.octets(message.id(), 0, (int) Math.min(most, length)));
        } catch (MailException e) {
            return Optional.empty();
        }
    }
}
