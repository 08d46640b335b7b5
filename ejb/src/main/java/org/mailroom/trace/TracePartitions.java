package org.mailroom.trace;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The days of the trace, each a partition: made ahead, and dropped whole, which costs the same however much was in it. */
final class TracePartitions {
    private static final System.Logger LOG = System.getLogger(TracePartitions.class.getName());

    /** So many days may the job stand still before rows go to the partition for the rest. */
    static final int AHEAD = 7;

    private static final String PREFIX = "trace_";
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    private final DataSource database;

    TracePartitions(DataSource database) {
        this.database = database;
    }

    /** Makes the days from today on, and drops those that are older than {@code keep} days. */
    void tend(LocalDate today, int keep) throws SQLException {
        var present = days();
        for (int i = 0; i <= AHEAD; i++) {
            var day = today.plusDays(i);
            if (!present.contains(day)) {
                attempt(create(day));
            }
        }
        var oldest = today.minusDays(keep);
        for (var day : present) {
            if (day.isBefore(oldest)) {
                attempt("DROP TABLE IF EXISTS " + PREFIX + DAY.format(day));
            }
        }
        if (knowsLetters()) {
            for (var day : present) {
                if (day.isBefore(today)) {
                    attempt(letters(day));
                }
            }
        }
        attempt("DELETE FROM trace_other WHERE at < '" + oldest + " 00:00:00+00'");
    }

    /**
     * Parts of words are found by their letters. That index is made when a day is over: on the day itself every message would
     * pay for it, and one day is soon read.
     */
    private static String letters(LocalDate day) {
        var table = PREFIX + DAY.format(day);
        return "CREATE INDEX IF NOT EXISTS " + table + "_letters ON " + table
                + " USING gin ((detail || ' ' || reply) gin_trgm_ops, sender gin_trgm_ops, client gin_trgm_ops)"
                + " WHERE step IN ('received', 'refused', 'removed');"
                + " CREATE INDEX IF NOT EXISTS " + table + "_recipient_letters ON " + table
                + " USING gin (recipient gin_trgm_ops)";
    }

    /** The extension pg_trgm is part of PostgreSQL, but some installations leave it out; searches then read more. */
    private boolean knowsLetters() throws SQLException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("SELECT FROM pg_extension WHERE extname = 'pg_trgm'");
                var row = query.executeQuery()) {
            return row.next();
        }
    }

    private static String create(LocalDate day) {
        return "CREATE TABLE IF NOT EXISTS " + PREFIX + DAY.format(day) + " PARTITION OF trace FOR VALUES FROM ('" + day
                + " 00:00:00+00') TO ('" + day.plusDays(1) + " 00:00:00+00')";
    }

    List<LocalDate> days() throws SQLException {
        var days = new ArrayList<LocalDate>();
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("""
                        SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                        WHERE i.inhparent = 'trace'::regclass ORDER BY c.relname""");
                var rows = query.executeQuery()) {
            while (rows.next()) {
                try {
                    days.add(LocalDate.parse(rows.getString(1).substring(PREFIX.length()), DAY));
                } catch (DateTimeParseException e) {
                    // The partition for the rest has no day in its name.
                }
            }
        }
        return days;
    }

    /**
     * One statement in a transaction of its own. The whole trace is locked for that moment, so who reads long makes us give up
     * rather than let every mail wait behind us; the next round tries again.
     */
    private void attempt(String sql) throws SQLException {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                execute(connection, sql);
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                LOG.log(
                        System.Logger.Level.WARNING,
                        "trace partition status=postponed cause=" + OneLine.of(String.valueOf(e.getMessage()), 300));
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = '2s'");
            // One node at a time.
            statement.execute("SELECT pg_advisory_xact_lock(hashtext('org.mailroom.trace'))");
            statement.execute(sql);
        }
    }

    static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }
}
