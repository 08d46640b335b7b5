package org.mailroom.feedback;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The reports that came, as they are read: all of them, or those on some domains of ours. */
public final class FeedbackLog {
    private static final String WANTED = " r.received >= ? AND (?::text[] IS NULL OR r.ours = ANY(?)) ";

    private final Connection connection;
    private final @Nullable Set<String> domains;
    private final Instant since;

    /**
     * @param domains of ours; null: all, and what was not read
     * @param since when they came
     */
    public FeedbackLog(Connection connection, @Nullable Set<String> domains, Instant since) {
        this.connection = connection;
        this.domains = domains;
        this.since = since;
    }

    /**
     * A report that came.
     *
     * @param kind {@code dmarc} or {@code tls}; empty where it was not read
     * @param domain on which it reports
     * @param reporter who sent it, as he calls himself
     * @param begins of the time on which it reports
     * @param passed messages or connections of which all was well
     * @param trouble why it was not read
     * @param waiting whether it is still to be read
     */
    public record Report(
            Instant received,
            String queueId,
            String kind,
            String domain,
            String reporter,
            @Nullable Instant begins,
            long passed,
            long failed,
            String trouble,
            boolean waiting) {}

    @FunctionalInterface
    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** The newest first. @param domain on which they report; empty: all */
    public List<Report> reports(String domain, int most) throws SQLException {
        try (var query = connection.prepareStatement("""
                SELECT received, queue_id, kind, domain, reporter, begins, passed, failed, trouble, message_id IS NOT NULL
                FROM received_report r WHERE""" + WANTED + """
                AND ? IN ('', domain) ORDER BY received DESC, id DESC LIMIT ?""")) {
            query.setString(wanted(query), domain);
            query.setInt(5, most);
            return list(
                    query,
                    row -> new Report(
                            Objects.requireNonNull(instant(row, 1)),
                            text(row, 2),
                            text(row, 3),
                            text(row, 4),
                            text(row, 5),
                            instant(row, 6),
                            row.getLong(7),
                            row.getLong(8),
                            text(row, 9),
                            row.getBoolean(10)));
        }
    }

    /** What all reports of a kind on a domain come to. */
    public record Sum(String kind, String domain, long reports, long reporters, long passed, long failed) {}

    /** Those with most trouble first. */
    public List<Sum> sums(int most) throws SQLException {
        try (var query = connection.prepareStatement("""
                SELECT kind, domain, count(*), count(DISTINCT reporter), sum(passed)::bigint, sum(failed)::bigint
                FROM received_report r WHERE""" + WANTED + """
                AND kind <> '' GROUP BY kind, domain ORDER BY 6 DESC, 5 DESC, domain LIMIT ?""")) {
            query.setInt(wanted(query), most);
            return list(
                    query,
                    row -> new Sum(
                            text(row, 1),
                            text(row, 2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getLong(6)));
        }
    }

    /** What a report says of some messages or connections. The components are those of a report and of {@code Received.Row}. */
    public record Line(
            String kind,
            String domain,
            String reporter,
            @Nullable Instant begins,
            String source,
            String name,
            long count,
            boolean passed,
            String result,
            String dkim,
            String spf,
            String detail) {}

    /** The newest days first, and within a report what failed. @param domain on which they report; empty: all */
    public List<Line> lines(String domain, int most) throws SQLException {
        try (var query = connection.prepareStatement("""
                SELECT r.kind, r.domain, r.reporter, r.begins, l.source, l.name, l.count, l.passed, l.result, l.dkim, l.spf, l.detail
                FROM received_report r JOIN received_report_line l ON l.report_id = r.id WHERE""" + WANTED + """
                AND ? IN ('', r.domain)
                ORDER BY r.begins DESC NULLS LAST, r.id DESC, l.passed, l.number LIMIT ?""")) {
            query.setString(wanted(query), domain);
            query.setInt(5, most);
            return list(
                    query,
                    row -> new Line(
                            text(row, 1),
                            text(row, 2),
                            text(row, 3),
                            instant(row, 4),
                            text(row, 5),
                            text(row, 6),
                            row.getLong(7),
                            row.getBoolean(8),
                            text(row, 9),
                            text(row, 10),
                            text(row, 11),
                            text(row, 12)));
        }
    }

    /** Returns the next parameter. */
    private int wanted(PreparedStatement query) throws SQLException {
        var names = domains == null ? null : connection.createArrayOf("text", domains.toArray());
        query.setObject(1, FeedbackTable.time(since));
        query.setArray(2, names);
        query.setArray(3, names);
        return 4;
    }

    private static <T> List<T> list(PreparedStatement query, Reading<T> reading) throws SQLException {
        try (var rows = query.executeQuery()) {
            var list = new ArrayList<T>();
            while (rows.next()) {
                list.add(reading.of(rows));
            }
            return list;
        }
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    static String text(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNull(row.getString(column));
    }
}
