package org.mailroom.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.mailroom.contract.relay.Outcome;

/**
 * Who sends what. A claim is a lease on rows, not a lock: it is renewed while its node lives, and runs out when the node dies.
 * Each method is one statement and thereby one transaction.
 */
final class Claims {
    /** Between the node's name and what tells one start of it from the next. */
    private static final char START = '#';

    private final DataSource database;
    private final String node;
    private final String holder;
    private final Duration lease;

    Claims(DataSource database, String node, Duration lease) {
        this.database = database;
        this.node = node;
        this.holder = node + START + UUID.randomUUID();
        this.lease = lease;
    }

    /** Who we are in lease_node. */
    String holder() {
        return holder;
    }

    /**
     * Takes what is due for a domain; rows that another claims at the same moment are passed over.
     *
     * @param most messages to take, roughly
     * @param expired whether to take only messages whose time is over
     */
    List<Batch> claim(String domain, int most, boolean expired) throws SQLException {
        try (var connection = database.getConnection();
                // A claim that is forgotten in a crash costs nothing, so it need not wait for the disk.
                var claim = connection.prepareStatement("""
                        WITH head AS (
                            SELECT r.id, r.queued_id FROM queued_recipient r
                            JOIN queued_message q ON q.id = r.queued_id AND (q.expires <= now() OR NOT ?)
                            WHERE r.domain = ? AND r.state = 'waiting' AND r.next_attempt <= now()
                            ORDER BY r.next_attempt, r.id LIMIT ? FOR UPDATE OF r SKIP LOCKED),
                        sibling AS (
                            SELECT s.id FROM queued_recipient s
                            WHERE s.queued_id IN (SELECT queued_id FROM head) AND s.id NOT IN (SELECT id FROM head)
                            AND s.domain = ? AND s.state = 'waiting' AND s.next_attempt <= now()
                            ORDER BY s.id FOR UPDATE SKIP LOCKED),
                        claimed AS (
                            UPDATE queued_recipient r SET state = 'sending', lease_node = ?,
                                lease_until = now() + ? * interval '1 millisecond'
                            WHERE r.id IN (SELECT id FROM head UNION ALL SELECT id FROM sibling)
                            RETURNING r.*)
                        SELECT c.id, c.address, c.attempts,
                            ARRAY(SELECT key FROM jsonb_each_text(c.parameters) ORDER BY key),
                            ARRAY(SELECT value FROM jsonb_each_text(c.parameters) ORDER BY key),
                            q.id, q.queue_id, q.reverse_path, q.created, q.expires,
                            ARRAY(SELECT key FROM jsonb_each_text(q.parameters) ORDER BY key),
                            ARRAY(SELECT value FROM jsonb_each_text(q.parameters) ORDER BY key),
                            (SELECT count(*) FROM queued_recipient o WHERE o.queued_id = q.id),
                            m.id, m.size, m.header_size, m.message_id, m.subject,
                            set_config('synchronous_commit', 'off', true)
                        FROM claimed c JOIN queued_message q ON q.id = c.queued_id JOIN message m ON m.id = q.message_id
                        ORDER BY q.id, c.id""")) {
            claim.setBoolean(1, expired);
            claim.setString(2, domain);
            claim.setInt(3, most);
            claim.setString(4, domain);
            claim.setString(5, holder);
            claim.setLong(6, lease.toMillis());
            try (var rows = claim.executeQuery()) {
                return batches(rows, domain);
            }
        }
    }

    private static List<Batch> batches(ResultSet rows, String domain) throws SQLException {
        var messages = new LinkedHashMap<Long, Batch>();
        var addressees = new LinkedHashMap<Long, List<Batch.Addressee>>();
        var waiting = new LinkedHashMap<Long, Long>();
        while (rows.next()) {
            long id = rows.getLong(6);
            addressees.computeIfAbsent(id, none -> new ArrayList<>()).add(addressee(rows));
            if (!messages.containsKey(id)) {
                messages.put(id, message(rows, domain));
                waiting.put(id, rows.getLong(13));
            }
        }
        var batches = new ArrayList<Batch>();
        messages.forEach((id, message) -> {
            var all = addressees.getOrDefault(id, List.of());
            boolean whole = all.size() <= Batch.MOST && waiting.getOrDefault(id, 0L) == all.size();
            for (int from = 0; from < all.size(); from += Batch.MOST) {
                batches.add(message.of(all.subList(from, Math.min(all.size(), from + Batch.MOST)), whole));
            }
        });
        return batches;
    }

    private static Batch.Addressee addressee(ResultSet row) throws SQLException {
        return new Batch.Addressee(row.getLong(1), Columns.text(row, 2), Columns.parameters(row, 4, 5), row.getInt(3));
    }

    private static Batch message(ResultSet row, String domain) throws SQLException {
        return new Batch(
                row.getLong(6),
                Columns.text(row, 7),
                row.getLong(14),
                row.getLong(15),
                row.getInt(16),
                row.getString(17),
                row.getString(18),
                Columns.text(row, 8),
                Columns.parameters(row, 11, 12),
                Columns.time(row, 9),
                Columns.time(row, 10),
                domain,
                false,
                List.of());
    }

    /** Gives back what was not tried. */
    void release(Collection<Long> ids) throws SQLException {
        update("""
                UPDATE queued_recipient SET state = 'waiting', lease_node = NULL, lease_until = NULL
                WHERE id = ANY(?) AND lease_node = ? AND state = 'sending'""", ids);
    }

    /** Holds on to what is being sent. */
    void renew(Collection<Long> ids) throws SQLException {
        update("""
                UPDATE queued_recipient SET lease_until = now() + make_interval(secs => %d)
                WHERE id = ANY(?) AND lease_node = ? AND state = 'sending'""".formatted(lease.toSeconds()), ids);
    }

    private void update(String sql, Collection<Long> ids) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        try (var connection = database.getConnection();
                var update = connection.prepareStatement(sql)) {
            update.setArray(1, Columns.numbers(connection, List.copyOf(ids)));
            update.setString(2, holder);
            update.executeUpdate();
        }
    }

    /** Frees what earlier starts of this node left behind: whoever sent it is dead. */
    int takeOver() throws SQLException {
        return free("starts_with(lease_node, ?) AND lease_node <> ?", node + START, holder);
    }

    /** Frees what is leased to nobody who lives, or was let go by this node when something failed. */
    int freeOverdue() throws SQLException {
        return free("lease_until < now()");
    }

    private int free(String whose, Object... parameters) throws SQLException {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement("""
                        UPDATE queued_recipient SET state = 'waiting', lease_node = NULL, lease_until = NULL,
                            next_attempt = now(), last_text = 'interrupted while sending; a second copy is possible'
                        WHERE state = 'sending' AND\s""" + whose)) {
            for (int i = 0; i < parameters.length; i++) {
                update.setObject(i + 1, parameters[i]);
            }
            return update.executeUpdate();
        }
    }

    /** Domains for which something is due; leaps from domain to domain through the index, however much waits. */
    List<String> dueDomains() throws SQLException {
        return domains("""
                WITH RECURSIVE d AS (
                    (SELECT domain, next_attempt FROM queued_recipient WHERE state = 'waiting'
                        ORDER BY domain, next_attempt LIMIT 1)
                    UNION ALL
                    SELECT n.* FROM d, LATERAL (
                        SELECT domain, next_attempt FROM queued_recipient WHERE state = 'waiting' AND domain > d.domain
                        ORDER BY domain, next_attempt LIMIT 1) n)
                SELECT domain FROM d WHERE next_attempt <= now() ORDER BY next_attempt""");
    }

    /** Domains of one message. */
    List<String> domains(long queued) throws SQLException {
        return domains("SELECT DISTINCT domain FROM queued_recipient WHERE queued_id = ?", queued);
    }

    private List<String> domains(String sql, Object... parameters) throws SQLException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                query.setObject(i + 1, parameters[i]);
            }
            try (var rows = query.executeQuery()) {
                var domains = new ArrayList<String>();
                while (rows.next()) {
                    domains.add(Columns.text(rows, 1));
                }
                return domains;
            }
        }
    }

    /** Puts off all that is due for a domain whose hosts were just asked in vain, unless its time is over. */
    int postpone(String domain, Instant until, Outcome trouble, String host) throws SQLException {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement("""
                        UPDATE queued_recipient r SET next_attempt = now() + ? * interval '1 millisecond',
                            last_code = ?, last_status = ?, last_text = ?, last_host = ?
                        WHERE r.id IN (
                            SELECT w.id FROM queued_recipient w
                            JOIN queued_message q ON q.id = w.queued_id AND q.expires > now()
                            WHERE w.domain = ? AND w.state = 'waiting' AND w.next_attempt <= now()
                            ORDER BY w.id FOR UPDATE OF w SKIP LOCKED)""")) {
            update.setLong(1, Math.max(1, Duration.between(Instant.now(), until).toMillis()));
            update.setInt(2, trouble.code());
            update.setString(3, trouble.status());
            update.setString(4, trouble.text());
            update.setString(5, host);
            update.setString(6, domain);
            return update.executeUpdate();
        }
    }
}
