package org.mailroom.feedback;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mailroom.feedback.FeedbackWork.Waiting;
import org.mailroom.feedback.Received.Row;

/** The reports that came, as they are written. JDBC instead of entities, because their lines come by thousands. */
final class FeedbackTable {
    /** Lines on a domain in a day: anybody may send a report, and nobody shall fill the database with them. */
    private static final int MOST_A_DAY = 100_000;

    private final Connection connection;

    FeedbackTable(Connection connection) {
        this.connection = connection;
    }

    void note(String queueId, long message) throws SQLException {
        try (var insert =
                connection.prepareStatement("INSERT INTO received_report (queue_id, message_id) VALUES (?, ?)")) {
            insert.setString(1, queueId);
            insert.setLong(2, message);
            insert.executeUpdate();
        }
    }

    /** The next that nobody else reads; whoever dies over it leaves it to the others after some minutes. */
    Optional<Waiting> claim() throws SQLException {
        try (var update = connection.prepareStatement("""
                        UPDATE received_report SET attempts = attempts + 1, next_attempt = now() + interval '5 minutes'
                        WHERE id = (SELECT id FROM received_report WHERE message_id IS NOT NULL AND next_attempt <= now()
                            ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
                        RETURNING id, message_id""");
                var rows = update.executeQuery()) {
            return rows.next() ? Optional.of(new Waiting(rows.getLong(1), rows.getLong(2))) : Optional.empty();
        }
    }

    /** Gives up those that were claimed so often and never read. */
    void abandon(int attempts) throws SQLException {
        try (var update = connection.prepareStatement("""
                UPDATE received_report SET message_id = NULL, trouble = 'it could not be read in ' || attempts || ' attempts'
                WHERE message_id IS NOT NULL AND attempts >= ? AND next_attempt <= now()""")) {
            update.setInt(1, attempts);
            update.executeUpdate();
        }
    }

    /** @throws Unreadable it is not about us, came before, or is too much; nothing is written */
    void settle(long id, Received report) throws SQLException, Unreadable {
        var ours = ours(report.domain());
        if (ours.isEmpty()) {
            throw new Unreadable("it is about " + report.domain() + ", which is no domain of ours");
        }
        if (cameBefore(report)) {
            throw new Unreadable("it came before");
        }
        if (linesOfToday(ours) + report.rows().size() > MOST_A_DAY) {
            throw new Unreadable("more came about " + ours + " in a day than is read");
        }
        update(id, ours, report);
        insert(id, report.rows());
    }

    /** The domain of ours that a report concerns: its own, or the nearest above; empty where there is none. */
    private String ours(String domain) throws SQLException {
        try (var query = connection.prepareStatement("""
                SELECT name FROM (SELECT name FROM domain UNION SELECT name FROM alias_domain) known
                WHERE name = ? OR right(?, length(name) + 1) = '.' || name ORDER BY length(name) DESC LIMIT 1""")) {
            query.setString(1, domain);
            query.setString(2, domain);
            try (var rows = query.executeQuery()) {
                return rows.next() ? FeedbackLog.text(rows, 1) : "";
            }
        }
    }

    private boolean cameBefore(Received report) throws SQLException {
        try (var query = connection.prepareStatement("""
                SELECT FROM received_report
                WHERE domain = ? AND number = ? AND kind = ? AND reporter = ? AND trouble = '' LIMIT 1""")) {
            query.setString(1, report.domain());
            query.setString(2, report.number());
            query.setString(3, report.kind().word());
            query.setString(4, report.reporter());
            try (var rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }

    private long linesOfToday(String ours) throws SQLException {
        try (var query = connection.prepareStatement("""
                SELECT coalesce(sum(lines), 0) FROM received_report WHERE received > now() - interval '1 day' AND ours = ?""")) {
            query.setString(1, ours);
            try (var rows = query.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    private void update(long id, String ours, Received report) throws SQLException {
        try (var update = connection.prepareStatement("""
                UPDATE received_report SET message_id = NULL, kind = ?, domain = ?, ours = ?, reporter = ?, number = ?,
                    begins = ?, ends = ?, passed = ?, failed = ?, lines = ? WHERE id = ?""")) {
            update.setString(1, report.kind().word());
            update.setString(2, report.domain());
            update.setString(3, ours);
            update.setString(4, report.reporter());
            update.setString(5, report.number());
            update.setObject(6, time(report.begins()));
            update.setObject(7, time(report.ends()));
            update.setLong(8, report.count(true));
            update.setLong(9, report.count(false));
            update.setInt(10, report.rows().size());
            update.setLong(11, id);
            update.executeUpdate();
        }
    }

    private void insert(long id, List<Row> rows) throws SQLException {
        try (var insert = connection.prepareStatement("""
                INSERT INTO received_report_line
                    (report_id, number, source, name, count, passed, result, dkim, spf, detail)
                SELECT ?, u.number, u.source, u.name, u.count, u.passed, u.result, u.dkim, u.spf, u.detail
                FROM unnest(?::text[], ?::text[], ?::bigint[], ?::boolean[], ?::text[], ?::text[], ?::text[], ?::text[])
                    WITH ORDINALITY AS u (source, name, count, passed, result, dkim, spf, detail, number)""")) {
            insert.setLong(1, id);
            insert.setArray(2, column("text", rows, Row::source));
            insert.setArray(3, column("text", rows, Row::name));
            insert.setArray(4, column("bigint", rows, Row::count));
            insert.setArray(5, column("boolean", rows, Row::passed));
            insert.setArray(6, column("text", rows, Row::result));
            insert.setArray(7, column("text", rows, Row::dkim));
            insert.setArray(8, column("text", rows, Row::spf));
            insert.setArray(9, column("text", rows, Row::detail));
            insert.executeUpdate();
        }
    }

    private Array column(String type, List<Row> rows, Function<Row, Object> member) throws SQLException {
        return connection.createArrayOf(type, rows.stream().map(member).toArray());
    }

    void giveUp(long id, String trouble) throws SQLException {
        try (var update =
                connection.prepareStatement("UPDATE received_report SET message_id = NULL, trouble = ? WHERE id = ?")) {
            update.setString(1, trouble);
            update.setLong(2, id);
            update.executeUpdate();
        }
    }

    int forget(Duration keep) throws SQLException {
        try (var delete = connection.prepareStatement(
                "DELETE FROM received_report WHERE received < now() - ? * interval '1 second'")) {
            delete.setLong(1, keep.toSeconds());
            return delete.executeUpdate();
        }
    }

    static @Nullable OffsetDateTime time(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
