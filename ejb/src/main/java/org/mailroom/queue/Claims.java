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
import org.mailroom.trace.TraceStep;

/**
 * Who sends what. A claim is a lease on rows, not a lock: it is renewed while its node lives, and runs out when the node dies.
 * Each method is one statement and thereby one transaction.
 */
final class Claims {
    /** So often in a row a recipient may be left behind by whoever was sending it. */
    static final int MOST_INTERRUPTIONS = 5;

    private static final String GIVEN_UP = "interrupted while sending " + MOST_INTERRUPTIONS
            + " times in a row, perhaps because of what it is; a second copy is possible";

    /** Between the node's name and what tells one start of it from the next. */
    private static final char START = '#';

    /** Time is over for it, or for telling its sender, or an operator returned it or leads it elsewhere. */
    private static final String URGENT =
            "(r.expires <= now() OR r.notice <= now() OR r.given_up <> '' OR r.route <> '')";

    /** What of that which is due. */
    enum Choice {
        ALL("true"),
        /** What must be judged though nobody is asked. */
        URGENT(Claims.URGENT),
        /** The same, of a domain whose mail is held. */
        URGENT_AND_HELD(Claims.URGENT + " AND NOT r.released"),
        /** What may leave though the mail of its domain is held. */
        RELEASED("r.released");

        private final String condition;

        Choice(String condition) {
            this.condition = condition;
        }
    }

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
     * Those of the highest priority first, and of these the ones that wait longest. What was interrupted before is handed out by
     * itself, so that it takes no other with it if it was the reason.
     *
     * @param most messages to take, roughly
     */
    List<Batch> claim(String domain, int most, Choice choice) throws SQLException {
        List<Batch> batches;
        try (var connection = database.getConnection();
                // A claim that is forgotten in a crash costs nothing, so it need not wait for the disk.
                var claim = connection.prepareStatement("""
                        WITH head AS (
                            SELECT r.id, r.queued_id FROM queued_recipient r
                            WHERE r.domain = ? AND r.state = 'waiting' AND r.next_attempt <= now() AND %1$s
                            ORDER BY r.priority DESC, r.next_attempt, r.id LIMIT ? FOR UPDATE SKIP LOCKED),
                        sibling AS (
                            SELECT r.id FROM queued_recipient r
                            WHERE r.queued_id IN (SELECT queued_id FROM head) AND r.id NOT IN (SELECT id FROM head)
                            AND r.domain = ? AND r.state = 'waiting' AND r.next_attempt <= now() AND %1$s
                            ORDER BY r.id FOR UPDATE SKIP LOCKED),
                        claimed AS (
                            UPDATE queued_recipient r SET state = 'sending', lease_node = ?,
                                lease_until = now() + ? * interval '1 millisecond'
                            WHERE r.id IN (SELECT id FROM head UNION ALL SELECT id FROM sibling)
                            RETURNING r.*)
                        SELECT c.id, c.address, c.attempts,
                            ARRAY(SELECT key FROM jsonb_each_text(c.parameters) ORDER BY key),
                            ARRAY(SELECT value FROM jsonb_each_text(c.parameters) ORDER BY key),
                            q.id, q.queue_id, q.reverse_path, q.created, c.expires,
                            ARRAY(SELECT key FROM jsonb_each_text(q.parameters) ORDER BY key),
                            ARRAY(SELECT value FROM jsonb_each_text(q.parameters) ORDER BY key),
                            (SELECT count(*) FROM queued_recipient o WHERE o.queued_id = q.id),
                            m.id, m.size, m.header_size, m.message_id, m.subject,
                            set_config('synchronous_commit', 'off', true), c.notice, c.route, c.given_up, c.interruptions > 0
                        FROM claimed c JOIN queued_message q ON q.id = c.queued_id JOIN message m ON m.id = q.message_id
                        ORDER BY c.priority DESC, q.id, c.id""".formatted(choice.condition))) {
            claim.setString(1, domain);
            claim.setInt(2, most);
            claim.setString(3, domain);
            claim.setString(4, holder);
            claim.setLong(5, lease.toMillis());
            try (var rows = claim.executeQuery()) {
                batches = batches(rows, domain);
            }
        }
        return unsuspected(batches);
    }

    private List<Batch> unsuspected(List<Batch> batches) throws SQLException {
        var calm = batches.stream().filter(batch -> !batch.suspect()).toList();
        if (calm.size() == batches.size()) {
            return batches;
        }
        var now = calm.isEmpty() ? batches.subList(0, 1) : calm;
        release(batches.stream()
                .filter(batch -> !now.contains(batch))
                .flatMap(batch -> batch.ids().stream())
                .toList());
        return now;
    }

    /** What of one message may go together. */
    private record Kind(long queued, String route, String givenUp, boolean suspect) {}

    private static List<Batch> batches(ResultSet rows, String domain) throws SQLException {
        var messages = new LinkedHashMap<Kind, Batch>();
        var addressees = new LinkedHashMap<Kind, List<Batch.Addressee>>();
        var waiting = new LinkedHashMap<Kind, Long>();
        while (rows.next()) {
            var kind = new Kind(rows.getLong(6), Columns.text(rows, 21), Columns.text(rows, 22), rows.getBoolean(23));
            addressees.computeIfAbsent(kind, none -> new ArrayList<>()).add(addressee(rows));
            if (!messages.containsKey(kind)) {
                messages.put(kind, message(rows, domain));
                waiting.put(kind, rows.getLong(13));
            }
        }
        var batches = new ArrayList<Batch>();
        messages.forEach((kind, message) -> {
            var all = addressees.getOrDefault(kind, List.of());
            boolean whole = all.size() <= Batch.MOST && waiting.getOrDefault(kind, 0L) == all.size();
            for (int from = 0; from < all.size(); from += Batch.MOST) {
                batches.add(message.of(all.subList(from, Math.min(all.size(), from + Batch.MOST)), whole));
            }
        });
        return batches;
    }

    private static Batch.Addressee addressee(ResultSet row) throws SQLException {
        return new Batch.Addressee(
                row.getLong(1),
                Columns.text(row, 2),
                Columns.parameters(row, 4, 5),
                row.getInt(3),
                Columns.timeOrNull(row, 20));
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
                Columns.text(row, 21),
                Columns.text(row, 22),
                row.getBoolean(23),
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

    /** What its sender left behind: recipients, and the story of each that was set aside because it was left too often. */
    record Freed(int recipients, List<TraceStep> setAside) {}

    /** Frees what earlier starts of this node left behind: whoever sent it is dead. */
    Freed takeOver() throws SQLException {
        return free("starts_with(lease_node, ?) AND lease_node <> ?", node + START, holder);
    }

    /** Frees what is leased to nobody who lives, or was let go by this node when something failed. */
    Freed freeOverdue() throws SQLException {
        return free("lease_until < now()");
    }

    /** What kills whoever sends it must not be tried for ever. */
    private Freed free(String whose, Object... parameters) throws SQLException {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement("""
                        UPDATE queued_recipient r SET lease_node = NULL, lease_until = NULL, next_attempt = now(),
                            interruptions = interruptions + 1,
                            state = CASE WHEN interruptions + 1 < %1$d THEN 'waiting' ELSE 'poison' END,
                            last_code = 0, last_status = '', last_host = '',
                            last_text = CASE WHEN interruptions + 1 < %1$d
                                THEN 'interrupted while sending; a second copy is possible' ELSE '%2$s' END
                        FROM queued_message q WHERE q.id = r.queued_id AND r.state = 'sending' AND %3$s
                        RETURNING r.state = 'poison', q.queue_id, q.reverse_path, r.address""".formatted(MOST_INTERRUPTIONS, GIVEN_UP, whose))) {
            for (int i = 0; i < parameters.length; i++) {
                update.setObject(i + 1, parameters[i]);
            }
            try (var rows = update.executeQuery()) {
                return freed(rows);
            }
        }
    }

    private static Freed freed(ResultSet rows) throws SQLException {
        int recipients = 0;
        var setAside = new ArrayList<TraceStep>();
        for (; rows.next(); recipients++) {
            if (rows.getBoolean(1)) {
                setAside.add(TraceStep.of(
                                TraceStep.Kind.POISON,
                                Columns.text(rows, 2),
                                Columns.text(rows, 3),
                                Columns.text(rows, 4))
                        .detail(GIVEN_UP));
            }
        }
        return new Freed(recipients, List.copyOf(setAside));
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

    /** Puts off all that is due for a domain whose hosts were just asked in vain, unless it is urgent. */
    int postpone(String domain, Instant until, Outcome trouble, String host) throws SQLException {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement("""
                        UPDATE queued_recipient SET next_attempt = now() + ? * interval '1 millisecond',
                            last_code = ?, last_status = ?, last_text = ?, last_host = ?
                        WHERE id IN (
                            SELECT r.id FROM queued_recipient r
                            WHERE r.domain = ? AND r.state = 'waiting' AND r.next_attempt <= now()
                            AND %s IS NOT TRUE ORDER BY r.id FOR UPDATE SKIP LOCKED)""".formatted(URGENT))) {
            update.setLong(1, Math.max(1, Duration.between(Instant.now(), until).toMillis()));
            update.setInt(2, trouble.code());
            update.setString(3, trouble.status());
            update.setString(4, trouble.text());
            update.setString(5, host);
            update.setString(6, domain);
            return update.executeUpdate();
        }
    }

    /**
     * Puts off all that is due for a paused domain, unless it is urgent. False: it is not paused any more, and nothing was put
     * off. Whoever resumes waits for this to end, and then wakes what it put off.
     */
    boolean postponePaused(String domain, Instant until, Outcome trouble) throws SQLException {
        // The lock of the domain comes before those of its recipients, as in Destinations.resume.
        try (var connection = database.getConnection();
                var update = connection.prepareStatement("""
                        WITH paused AS MATERIALIZED (
                            SELECT domain FROM destination WHERE domain = ? AND paused_by <> '' FOR SHARE),
                        off AS (
                            UPDATE queued_recipient SET next_attempt = now() + ? * interval '1 millisecond',
                                last_code = ?, last_status = ?, last_text = ?, last_host = ''
                            WHERE id IN (
                                SELECT r.id FROM paused JOIN queued_recipient r ON r.domain = paused.domain
                                WHERE r.state = 'waiting' AND r.next_attempt <= now()
                                AND %s IS NOT TRUE ORDER BY r.id FOR UPDATE OF r SKIP LOCKED))
                        SELECT count(*) FROM paused""".formatted(URGENT))) {
            update.setString(1, domain);
            update.setLong(2, Math.max(1, Duration.between(Instant.now(), until).toMillis()));
            update.setInt(3, trouble.code());
            update.setString(4, trouble.status());
            update.setString(5, trouble.text());
            try (var paused = update.executeQuery()) {
                return paused.next() && paused.getInt(1) > 0;
            }
        }
    }

    /** Sets aside what is due for a domain whose mail is held until somebody asks, unless it is urgent or was asked for. */
    int park(String domain) throws SQLException {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement("""
                        UPDATE queued_recipient SET state = 'held', held_by = '', held_at = now()
                        WHERE id IN (
                            SELECT r.id FROM queued_recipient r
                            WHERE r.domain = ? AND r.state = 'waiting' AND r.next_attempt <= now() AND NOT r.released
                            AND %s IS NOT TRUE ORDER BY r.id FOR UPDATE SKIP LOCKED)""".formatted(URGENT))) {
            update.setString(1, domain);
            return update.executeUpdate();
        }
    }

    /** Takes up again what a route holds and became urgent. */
    int unpark() throws SQLException {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement("""
                        UPDATE queued_recipient r SET state = 'waiting', next_attempt = now()
                        WHERE r.state = 'held' AND r.held_by = '' AND """ + ' ' + URGENT)) {
            return update.executeUpdate();
        }
    }

    /**
     * How many messages for a domain may leave now, and takes note of them: so many a minute on all nodes together, the first
     * six seconds' worth of them at once.
     */
    int allowance(String domain, int wanted, int perMinute) throws SQLException {
        try (var connection = database.getConnection();
                var known = connection.prepareStatement(
                        "INSERT INTO destination (domain) VALUES (?) ON CONFLICT DO NOTHING");
                var update = connection.prepareStatement("""
                        WITH pace AS (SELECT interval '1 minute' / ? AS step,
                                greatest(interval '1 minute' / ?, interval '6 seconds') AS burst),
                        open AS (
                            SELECT d.domain, greatest(d.rate_free, now() - burst) AS since FROM destination d, pace
                            WHERE d.domain = ? FOR UPDATE OF d),
                        granted AS (
                            SELECT domain, since, least(?, floor(extract(epoch FROM now() - since) / extract(epoch FROM step)))
                                AS n FROM open, pace)
                        UPDATE destination d SET rate_free = g.since + g.n * p.step FROM granted g, pace p
                        WHERE d.domain = g.domain AND g.n > 0 RETURNING g.n::int""")) {
            known.setString(1, domain);
            known.executeUpdate();
            update.setInt(1, perMinute);
            update.setInt(2, perMinute);
            update.setString(3, domain);
            update.setInt(4, wanted);
            try (var rows = update.executeQuery()) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        }
    }

    /** Gives back what was allowed and not needed. */
    void unused(String domain, int messages, int perMinute) throws SQLException {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement(
                        "UPDATE destination SET rate_free = rate_free - ? * interval '1 minute' / ? WHERE domain = ?")) {
            update.setInt(1, messages);
            update.setInt(2, perMinute);
            update.setString(3, domain);
            update.executeUpdate();
        }
    }
}
