package org.mailroom.queue;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import javax.sql.DataSource;
import org.mailroom.trace.Trace;
import org.mailroom.trace.TraceStep;
import org.mailroom.trace.TraceStep.Kind;

/**
 * What operators do to a part of the queue: one statement however much it is, and a step of the trace for each recipient. What
 * is being sent just now is left alone, except by deletion.
 */
@Stateless
public class QueueDeeds {
    /** More at a time would be a trace that nobody reads, and a transaction that others wait for. */
    public static final int MOST = 50_000;

    private static final String CHOSEN = """
            SELECT r.id, r.queued_id, r.address, r.domain, q.queue_id, q.reverse_path
            FROM queued_recipient r JOIN queued_message q ON q.id = r.queued_id
            WHERE\s""";

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Event<QueueGrew> grew;

    @Inject
    private Trace trace;

    /** How many messages and recipients were concerned. */
    public record Done(int messages, int recipients) {}

    private record Row(long message, String address, String domain, String queueId, String reversePath) {
        static Row of(ResultSet row) throws SQLException {
            return new Row(row.getLong(2), row.getString(3), row.getString(4), row.getString(5), row.getString(6));
        }

        TraceStep step(Kind kind, String who, String story) {
            return TraceStep.of(kind, queueId, reversePath, address).client(who).detail(story);
        }
    }

    public Done retry(QueueFilter filter, String who) {
        return change(filter, QueueDeed.retry(), who);
    }

    public Done hold(QueueFilter filter, String who) {
        return change(filter, QueueDeed.hold(who), who);
    }

    public Done release(QueueFilter filter, String who) {
        return change(filter, QueueDeed.release(), who);
    }

    /** @param route hosts as {@code RouteTarget} writes them; empty: as without an operator */
    public Done reroute(QueueFilter filter, String route, String who) {
        return change(filter, QueueDeed.reroute(route), who);
    }

    /** Returns it to its sender as not deliverable, without another attempt. */
    public Done giveUp(QueueFilter filter, String who) {
        return change(filter, QueueDeed.giveUp(who), who);
    }

    private Done change(QueueFilter filter, QueueDeed deed, String who) {
        var where = new QueueWhere(filter);
        // The table's own columns are not in sight of the conditions, so that a name means one thing.
        var sql = "WITH chosen AS (" + CHOSEN + where.sql() + " AND " + deed.which()
                + " ORDER BY r.id LIMIT " + MOST + " FOR UPDATE OF r), changed AS (UPDATE queued_recipient SET "
                + deed.sql() + " WHERE id IN (SELECT id FROM chosen)) SELECT * FROM chosen";
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            int next = where.fill(statement, connection);
            if (deed.sql().contains("?")) {
                statement.setString(next, deed.value());
            }
            return noted(rows(statement), deed.wakes(), Kind.ADMINISTERED, deed.story(), who);
        } catch (SQLException e) {
            throw new IllegalStateException("the queue was not changed", e);
        }
    }

    /** Forgets recipients, and tells nobody but the trace. What is being sent just now may still arrive. */
    public Done delete(QueueFilter filter, String who) {
        var where = new QueueWhere(filter);
        try (var connection = database.getConnection()) {
            lock(connection, where);
            try (var statement = connection.prepareStatement("WITH chosen AS (" + CHOSEN + where.sql()
                    + " ORDER BY r.id LIMIT " + MOST + " FOR UPDATE OF r), gone AS ("
                    + "DELETE FROM queued_recipient WHERE id IN (SELECT id FROM chosen)), empty AS ("
                    + "DELETE FROM queued_message m WHERE m.id IN (SELECT queued_id FROM chosen) AND NOT EXISTS ("
                    + "SELECT FROM queued_recipient o WHERE o.queued_id = m.id AND o.id NOT IN (SELECT id FROM chosen))"
                    + " RETURNING message_id), released AS ("
                    + "INSERT INTO message_release (message_id) SELECT message_id FROM empty) SELECT * FROM chosen")) {
                where.fill(statement, connection);
                return noted(rows(statement), false, Kind.DISCARDED, "deleted from the queue", who);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("nothing was deleted from the queue", e);
        }
    }

    /** As {@link Settling#lock} does, so that of two who remove recipients the last sees that it is the last. */
    private static void lock(Connection connection, QueueWhere where) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT m.id FROM queued_message m WHERE m.id IN ("
                + "SELECT q.id FROM queued_recipient r JOIN queued_message q ON q.id = r.queued_id WHERE " + where.sql()
                + ") ORDER BY m.id FOR UPDATE")) {
            where.fill(statement, connection);
            statement.executeQuery().close();
        }
    }

    private static List<Row> rows(PreparedStatement statement) throws SQLException {
        try (var rows = statement.executeQuery()) {
            var found = new ArrayList<Row>();
            while (rows.next()) {
                found.add(Row.of(rows));
            }
            return found;
        }
    }

    private Done noted(List<Row> rows, boolean wakes, Kind kind, String story, String who) {
        trace.write(rows.stream().map(row -> row.step(kind, who, story)).toList());
        var messages = new HashSet<Long>();
        // One message of each domain is enough to wake it.
        var domains = new LinkedHashMap<String, Long>();
        for (var row : rows) {
            messages.add(row.message());
            domains.putIfAbsent(row.domain(), row.message());
        }
        if (wakes) {
            domains.values().stream().distinct().limit(1000).forEach(id -> grew.fire(new QueueGrew(id, true)));
        }
        return new Done(messages.size(), rows.size());
    }
}
