package org.mailroom.authenticity;

import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What DMARC came to, and which days were reported, in the caller's transaction. */
final class DmarcTable {
    private static final String COLUMNS =
            "day, domain, policy, source, disposition, override, dkim_aligned, spf_aligned, dkim, spf, messages";

    private DmarcTable() {}

    static void add(Connection connection, List<Map.Entry<DmarcRow, Long>> counts) throws SQLException {
        var sql = "INSERT INTO dmarc_count AS c (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT ON CONSTRAINT dmarc_count_pkey DO UPDATE SET messages = c.messages + excluded.messages";
        try (var insert = connection.prepareStatement(sql)) {
            for (var entry : counts) {
                var row = entry.getKey();
                insert.setDate(1, Date.valueOf(row.day()));
                insert.setString(2, row.domain());
                insert.setString(3, row.policy());
                insert.setString(4, row.source());
                insert.setString(5, row.disposition());
                insert.setString(6, row.override());
                insert.setBoolean(7, row.dkimAligned());
                insert.setBoolean(8, row.spfAligned());
                insert.setString(9, row.dkim());
                insert.setString(10, row.spf());
                insert.setLong(11, entry.getValue());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    static List<DmarcRow> list(Connection connection, String domain, LocalDate since, int most) throws SQLException {
        var sql = "SELECT " + COLUMNS + " FROM dmarc_count WHERE day >= ?"
                + " AND (? = '' OR domain = ? OR split_part(policy, ' ', 1) = ?) ORDER BY day DESC, messages DESC LIMIT ?";
        try (var query = connection.prepareStatement(sql)) {
            query.setDate(1, Date.valueOf(since));
            query.setString(2, domain);
            query.setString(3, domain);
            query.setString(4, domain);
            query.setInt(5, most);
            return rows(query.executeQuery());
        }
    }

    /** The domain with most messages first. */
    static List<DmarcSum> sums(Connection connection, LocalDate since, int most) throws SQLException {
        try (var query = connection.prepareStatement("""
                SELECT domain, sum(messages), coalesce(sum(messages) FILTER (WHERE dkim_aligned OR spf_aligned), 0),
                    coalesce(sum(messages) FILTER (WHERE disposition IN ('quarantine', 'reject')), 0), count(DISTINCT source)
                FROM dmarc_count WHERE day >= ? GROUP BY domain ORDER BY 2 DESC, 1 LIMIT ?""")) {
            query.setDate(1, Date.valueOf(since));
            query.setInt(2, most);
            try (var rows = query.executeQuery()) {
                var found = new ArrayList<DmarcSum>();
                while (rows.next()) {
                    found.add(new DmarcSum(
                            rows.getString(1), rows.getLong(2), rows.getLong(3), rows.getLong(4), rows.getLong(5)));
                }
                return found;
            }
        }
    }

    /** Of days that are over and that nobody has reported. */
    static List<DmarcRow> due(Connection connection, LocalDate since, LocalDate before) throws SQLException {
        var sql = "SELECT " + COLUMNS + " FROM dmarc_count c WHERE day >= ? AND day < ? AND policy LIKE '%rua%'"
                + " AND NOT EXISTS (SELECT 1 FROM dmarc_report r WHERE r.day = c.day AND r.policy = c.policy)"
                + " ORDER BY day, policy, messages DESC";
        try (var query = connection.prepareStatement(sql)) {
            query.setDate(1, Date.valueOf(since));
            query.setDate(2, Date.valueOf(before));
            return rows(query.executeQuery());
        }
    }

    /** False where somebody else reports the day. */
    static boolean claim(Connection connection, LocalDate day, String policy) throws SQLException {
        try (var insert = connection.prepareStatement(
                "INSERT INTO dmarc_report (day, policy) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
            insert.setDate(1, Date.valueOf(day));
            insert.setString(2, policy);
            return insert.executeUpdate() == 1;
        }
    }

    static void drop(Connection connection, LocalDate before) throws SQLException {
        for (var table : List.of("dmarc_count", "dmarc_report")) {
            try (var delete = connection.prepareStatement("DELETE FROM " + table + " WHERE day < ?")) {
                delete.setDate(1, Date.valueOf(before));
                delete.executeUpdate();
            }
        }
    }

    private static List<DmarcRow> rows(ResultSet rows) throws SQLException {
        try (rows) {
            var found = new ArrayList<DmarcRow>();
            while (rows.next()) {
                found.add(new DmarcRow(
                        rows.getDate(1).toLocalDate(),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getString(4),
                        rows.getString(5),
                        rows.getString(6),
                        rows.getBoolean(7),
                        rows.getBoolean(8),
                        rows.getString(9),
                        rows.getString(10),
                        rows.getLong(11)));
            }
            return found;
        }
    }
}
