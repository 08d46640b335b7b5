package org.mailroom.queue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes a judgement down. A row that is no longer leased to us is left alone, and counts as not settled. */
final class Settling {
    private final Connection connection;
    private final String holder;

    Settling(Connection connection, String holder) {
        this.connection = connection;
        this.holder = holder;
    }

    /** Takes the message's row, so that of two batches of one message the last to end sees that it is the last. */
    void lock(long queued) throws SQLException {
        try (var lock = connection.prepareStatement("SELECT id FROM queued_message WHERE id = ? FOR UPDATE")) {
            lock.setLong(1, queued);
            lock.executeQuery().close();
        }
    }

    /** Which of these are still leased to us. */
    Set<Long> leased(List<Long> ids) throws SQLException {
        try (var select = connection.prepareStatement(
                "SELECT id FROM queued_recipient WHERE id = ANY(?) AND lease_node = ? AND state = 'sending'")) {
            select.setArray(1, Columns.numbers(connection, ids));
            select.setString(2, holder);
            try (var rows = select.executeQuery()) {
                var leased = new HashSet<Long>();
                while (rows.next()) {
                    leased.add(rows.getLong(1));
                }
                return leased;
            }
        }
    }

    /** Closes recipients, with them the messages for which nobody else waits, and tells how many there were. */
    int close(List<Long> queued, List<Long> ids) throws SQLException {
        if (ids.isEmpty()) {
            return 0;
        }
        try (var close = connection.prepareStatement("""
                WITH gone AS (
                    DELETE FROM queued_recipient WHERE id = ANY(?) AND lease_node = ? AND state = 'sending'
                    RETURNING queued_id),
                empty AS (
                    DELETE FROM queued_message q WHERE q.id = ANY(?) AND q.id IN (SELECT queued_id FROM gone) AND NOT EXISTS (
                        SELECT FROM queued_recipient r WHERE r.queued_id = q.id
                        AND NOT (r.id = ANY(?) AND r.lease_node = ? AND r.state = 'sending'))
                    RETURNING message_id),
                released AS (INSERT INTO message_release (message_id) SELECT message_id FROM empty)
                SELECT count(*) FROM gone""")) {
            var array = Columns.numbers(connection, ids);
            close.setArray(1, array);
            close.setString(2, holder);
            close.setArray(3, Columns.numbers(connection, queued));
            close.setArray(4, array);
            close.setString(5, holder);
            try (var rows = close.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    /** Sends recipients back to wait, and tells how many there were. */
    int defer(List<Judgement.Later> later) throws SQLException {
        if (later.isEmpty()) {
            return 0;
        }
        try (var update = connection.prepareStatement("""
                UPDATE queued_recipient r SET state = 'waiting', lease_node = NULL, lease_until = NULL,
                    attempts = attempts + 1, last_attempt = now(), next_attempt = now() + l.wait * interval '1 millisecond',
                    last_code = l.code, last_status = l.status, last_text = l.text, last_host = l.host,
                    released = false, interruptions = 0, notice = CASE WHEN l.late = 0 THEN notice END
                FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::bigint[])
                    AS l(id, wait, code, status, text, host, late)
                WHERE r.id = l.id AND r.lease_node = ? AND r.state = 'sending'""")) {
            var results = later.stream().map(Judgement.Later::result).toList();
            var outcomes = results.stream().map(Attempt.Result::outcome).toList();
            update.setArray(
                    1,
                    Columns.numbers(
                            connection,
                            results.stream().map(each -> each.addressee().id()).toList()));
            update.setArray(
                    2,
                    Columns.numbers(
                            connection,
                            later.stream().map(each -> each.delay().toMillis()).toList()));
            update.setArray(
                    3,
                    Columns.numbers(
                            connection,
                            outcomes.stream().map(each -> (long) each.code()).toList()));
            update.setArray(
                    4,
                    Columns.texts(
                            connection,
                            outcomes.stream().map(each -> each.status()).toList()));
            update.setArray(
                    5,
                    Columns.texts(
                            connection,
                            outcomes.stream().map(each -> each.text()).toList()));
            update.setArray(
                    6,
                    Columns.texts(
                            connection,
                            results.stream().map(Attempt.Result::host).toList()));
            update.setArray(
                    7,
                    Columns.numbers(
                            connection,
                            later.stream().map(each -> each.late() ? 1L : 0L).toList()));
            update.setString(8, holder);
            return update.executeUpdate();
        }
    }

    /** Sets aside what met something unforeseen, with its cause. */
    void poison(List<Long> ids, String cause) throws SQLException {
        try (var update = connection.prepareStatement("""
                UPDATE queued_recipient SET state = 'poison', lease_node = NULL, lease_until = NULL,
                    last_attempt = now(), last_status = '', last_code = 0, last_text = ?
                WHERE id = ANY(?) AND lease_node = ? AND state = 'sending'""")) {
            update.setString(1, cause);
            update.setArray(2, Columns.numbers(connection, ids));
            update.setString(3, holder);
            update.executeUpdate();
        }
    }
}
