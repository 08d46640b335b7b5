package org.mailroom.queue;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import javax.sql.DataSource;
import org.mailroom.directory.Routes;

/**
 * Tries at once what waits for a domain, also what its route holds until somebody asks (RFC 1985). What an operator holds
 * stays held, and what its sender dated ahead (RFC 4865) waits for its time.
 */
@Stateless
public class Flush {
    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Event<QueueGrew> grew;

    @Inject
    private Routes routes;

    /**
     * @param domain {@code example.org}; with {@code *.} before it, those below it; {@code *}: all
     * @return how many messages
     */
    public int domain(String domain) {
        boolean all = domain.equals("*");
        boolean below = domain.startsWith("*.");
        var pattern = below ? "%" + domain.substring(1).replaceAll("([\\\\%_])", "\\\\$1") : ForeignDomain.of(domain);
        try (var connection = database.getConnection();
                var update = connection.prepareStatement(
                        """
                        WITH due AS (
                            UPDATE queued_recipient SET state = 'waiting', next_attempt = now(), released = true,
                                held_at = NULL
                            WHERE (state = 'waiting' OR state = 'held' AND held_by = '') AND %s
                            AND NOT (attempts = 0 AND next_attempt > now() AND EXISTS (
                                SELECT FROM queued_message q WHERE q.id = queued_id
                                AND jsonb_exists_any(q.parameters, ARRAY['HOLDFOR', 'HOLDUNTIL'])))
                            RETURNING queued_id, domain)
                        SELECT min(queued_id), count(DISTINCT queued_id) FROM due GROUP BY domain""".formatted(all ? "true" : below ? "domain LIKE ?" : "domain = ?"))) {
            if (!all) {
                update.setString(1, pattern);
            }
            int messages = 0;
            try (var rows = update.executeQuery()) {
                while (rows.next()) {
                    messages += rows.getInt(2);
                    grew.fire(new QueueGrew(rows.getLong(1), true));
                }
            }
            return messages;
        } catch (SQLException e) {
            throw new IllegalStateException("nothing was flushed", e);
        }
    }

    /** Has somebody look at a domain for which something may be due. */
    public void wake(String domain) {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(
                        "SELECT queued_id FROM queued_recipient WHERE domain = ? AND state = 'waiting' LIMIT 1")) {
            query.setString(1, domain);
            try (var row = query.executeQuery()) {
                if (row.next()) {
                    grew.fire(new QueueGrew(row.getLong(1), true));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the queue does not answer", e);
        }
    }

    /** Lets go what routes hold until a time of the day. */
    public void onTime() {
        routes.due(Instant.now(), ZoneId.systemDefault()).forEach(this::domain);
    }
}
