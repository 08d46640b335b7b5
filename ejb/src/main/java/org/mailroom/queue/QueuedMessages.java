package org.mailroom.queue;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailroom.trace.Trace;
import org.mailroom.trace.TraceStep;
import org.mailroom.trace.TraceStep.Kind;

/** What waits, as administration sees and changes it. */
@Stateless
public class QueuedMessages {
    private static final String FILTERED = """
             WHERE m.queueId = :exact OR LOWER(m.reversePath) LIKE :part ESCAPE '!'
            OR EXISTS (SELECT r FROM QueuedRecipient r WHERE r.message = m AND LOWER(r.address) LIKE :part ESCAPE '!')""";

    @PersistenceContext(unitName = "mail")
    private EntityManager entities;

    @Inject
    private Event<QueueGrew> grew;

    @Inject
    private Trace trace;

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

    /** A part of the queue, oldest first; an empty filter finds all. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<Listed> list(String filter, int offset, int limit) {
        return entities.createQuery(
                        "SELECT m FROM QueuedMessage m JOIN FETCH m.message" + FILTERED + " ORDER BY m.id",
                        QueuedMessage.class)
                // One query for the recipients of all.
                .setHint("eclipselink.batch", "m.recipients")
                .setParameter("exact", filter.toUpperCase(Locale.ROOT))
                .setParameter("part", part(filter))
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultStream()
                .map(QueuedMessages::listed)
                .toList();
    }

    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public long count(String filter) {
        return entities.createQuery("SELECT COUNT(m) FROM QueuedMessage m" + FILTERED, Long.class)
                .setParameter("exact", filter.toUpperCase(Locale.ROOT))
                .setParameter("part", part(filter))
                .getSingleResult();
    }

    private static String part(String filter) {
        return "%" + filter.toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1") + "%";
    }

    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Optional<Listed> find(long id) {
        return Optional.ofNullable(entities.find(QueuedMessage.class, id)).map(QueuedMessages::listed);
    }

    private static Listed listed(QueuedMessage entry) {
        var subject = entry.message().subject();
        return new Listed(
                entry.id(),
                entry.queueId(),
                entry.reversePath(),
                subject == null ? "" : subject,
                entry.message().size(),
                entry.created().toInstant(),
                entry.recipients().stream().map(QueuedMessages::to).toList());
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

    /** Makes everything of a message due that nobody sends just now. False where there is no such message. */
    public boolean retry(long id, String who) {
        var found = find(id);
        if (found.isPresent()) {
            entities.createNativeQuery("""
                            UPDATE queued_recipient SET state = 'waiting', next_attempt = now()
                            WHERE queued_id = ?1 AND state <> 'sending'""").setParameter(1, id).executeUpdate();
            note(found.get(), "an attempt at once", who);
            grew.fire(new QueueGrew(id, true));
        }
        return found.isPresent();
    }

    /** Forgets a message and tells nobody but the trace. What is being sent just now may still arrive. */
    public boolean delete(long id, String who) {
        var found = find(id);
        if (found.isPresent()) {
            entities.createNativeQuery("""
                            WITH gone AS (DELETE FROM queued_message WHERE id = ?1 RETURNING message_id)
                            INSERT INTO message_release (message_id) SELECT message_id FROM gone""").setParameter(1, id).executeUpdate();
            note(found.get(), "deleted from the queue", who);
        }
        return found.isPresent();
    }

    private void note(Listed message, String what, String who) {
        trace.write(message.recipients().stream()
                .map(to -> TraceStep.of(Kind.ADMINISTERED, message.queueId(), message.reversePath(), to.address())
                        .client(who)
                        .detail(what))
                .toList());
    }
}
