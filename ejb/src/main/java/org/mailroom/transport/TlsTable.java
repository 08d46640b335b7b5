package org.mailroom.transport;

import java.sql.Connection;
import java.sql.Date;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** How connections went, as it is kept. */
final class TlsTable {
    private TlsTable() {}

    /** The newest days first. @param domain empty: all */
    static List<TlsRow> list(Connection connection, String domain, LocalDate since, int most) throws SQLException {
        try (var query = connection.prepareStatement("""
                SELECT day, domain, kind, host, trouble, sessions, reported FROM tls_result
                WHERE day >= ? AND (? = '' OR domain = ?) ORDER BY day DESC, domain, trouble, host LIMIT ?""")) {
            query.setDate(1, Date.valueOf(since));
            query.setString(2, domain);
            query.setString(3, domain);
            query.setInt(4, most);
            try (var rows = query.executeQuery()) {
                var found = new ArrayList<TlsRow>();
                while (rows.next()) {
                    found.add(new TlsRow(
                            rows.getDate(1).toLocalDate(),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getString(5),
                            rows.getLong(6),
                            rows.getBoolean(7)));
                }
                return found;
            }
        }
    }

    /** Where most failed, first. */
    static List<TlsSum> sums(Connection connection, LocalDate since, int most) throws SQLException {
        try (var query = connection.prepareStatement("""
                SELECT domain, sum(sessions), coalesce(sum(sessions) FILTER (WHERE trouble <> ''), 0) FROM tls_result
                WHERE day >= ? GROUP BY domain ORDER BY 3 DESC, 2 DESC, 1 LIMIT ?""")) {
            query.setDate(1, Date.valueOf(since));
            query.setInt(2, most);
            try (var rows = query.executeQuery()) {
                var found = new ArrayList<TlsSum>();
                while (rows.next()) {
                    found.add(new TlsSum(rows.getString(1), rows.getLong(2), rows.getLong(3)));
                }
                return found;
            }
        }
    }

    static void drop(Connection connection, LocalDate before) throws SQLException {
        try (var delete = connection.prepareStatement("DELETE FROM tls_result WHERE day < ?")) {
            delete.setDate(1, Date.valueOf(before));
            delete.executeUpdate();
        }
    }
}
