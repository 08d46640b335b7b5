package org.mailroom.queue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.mailroom.contract.Envelope;

/** Puts messages into the queue: one statement, however many recipients. */
final class QueueTable {
    private QueueTable() {}

    /** @return the id of the queued message */
    static long insert(
            Connection connection, String queueId, long message, Envelope envelope, Function<String, Terms> terms)
            throws SQLException {
        var wishes = Wishes.of(envelope.parameters());
        var addresses = new ArrayList<String>();
        var domains = new ArrayList<String>();
        var ends = new ArrayList<Long>();
        // Seconds from now, as the ends; -1: nobody wants to be told.
        var notices = new ArrayList<Long>();
        // Parameters of all recipients, each with the number of its recipient, counted from 1.
        var owners = new ArrayList<Long>();
        var keys = new ArrayList<String>();
        var values = new ArrayList<String>();
        for (var recipient : envelope.recipients()) {
            addresses.add(recipient.address());
            var domain = ForeignDomain.of(recipient.address());
            domains.add(domain);
            var times = Times.of(wishes, recipient.parameters(), terms.apply(domain));
            ends.add(times.end().toSeconds());
            notices.add(times.notice() == null ? -1L : times.notice().toSeconds());
            for (var parameter : recipient.parameters().entrySet()) {
                owners.add((long) addresses.size());
                keys.add(parameter.getKey());
                values.add(parameter.getValue());
            }
        }
        try (var insert = connection.prepareStatement("""
                WITH q AS (
                    INSERT INTO queued_message (queue_id, message_id, reverse_path, parameters)
                    SELECT ?, ?, ?,
                        coalesce((SELECT jsonb_object_agg(k, v) FROM unnest(?::text[], ?::text[]) AS p(k, v)), '{}')
                    RETURNING id),
                r AS (
                    INSERT INTO queued_recipient (queued_id, address, domain, parameters, state, next_attempt, priority,
                        expires, notice)
                    SELECT q.id, a.address, a.domain, coalesce(p.parameters, '{}'), 'waiting',
                        now() + ? * interval '1 second', ?, now() + a.ends * interval '1 second',
                        CASE WHEN a.notice >= 0 THEN now() + a.notice * interval '1 second' END
                    FROM q, unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[])
                        WITH ORDINALITY AS a(address, domain, ends, notice, n)
                    LEFT JOIN (SELECT n, jsonb_object_agg(k, v) AS parameters
                        FROM unnest(?::bigint[], ?::text[], ?::text[]) AS p(n, k, v) GROUP BY n) p USING (n)
                    ORDER BY n)
                SELECT id FROM q""")) {
            insert.setString(1, queueId);
            insert.setLong(2, message);
            insert.setString(3, envelope.reversePath());
            var parameters = List.copyOf(envelope.parameters().entrySet());
            insert.setArray(
                    4,
                    Columns.texts(
                            connection, parameters.stream().map(p -> p.getKey()).toList()));
            insert.setArray(
                    5,
                    Columns.texts(
                            connection,
                            parameters.stream().map(p -> p.getValue()).toList()));
            insert.setLong(6, wishes.hold().toSeconds());
            insert.setInt(7, wishes.priority());
            insert.setArray(8, Columns.texts(connection, addresses));
            insert.setArray(9, Columns.texts(connection, domains));
            insert.setArray(10, Columns.numbers(connection, ends));
            insert.setArray(11, Columns.numbers(connection, notices));
            insert.setArray(12, Columns.numbers(connection, owners));
            insert.setArray(13, Columns.texts(connection, keys));
            insert.setArray(14, Columns.texts(connection, values));
            try (var rows = insert.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
