package org.mailroom.queue;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How the queue's tables and Java's types meet. */
final class Columns {
    private Columns() {}

    static Array texts(Connection connection, List<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }

    static Array numbers(Connection connection, List<Long> values) throws SQLException {
        return connection.createArrayOf("bigint", values.toArray());
    }

    /** Two arrays, of keywords and of their values, as a map. */
    static Map<String, String> parameters(ResultSet row, int keys, int values) throws SQLException {
        var names = (String[]) row.getArray(keys).getArray();
        if (names.length == 0) {
            return Map.of();
        }
        var texts = (String[]) row.getArray(values).getArray();
        var parameters = new HashMap<String, String>();
        for (int i = 0; i < names.length; i++) {
            parameters.put(names[i], texts[i]);
        }
        return parameters;
    }

    static Instant time(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class))
                .toInstant();
    }

    static @Nullable Instant timeOrNull(ResultSet row, int column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static String text(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNull(row.getString(column));
    }
}
