package org.mailroom.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A {@link QueueFilter} as a condition on {@code queued_message q JOIN queued_recipient r}. */
final class QueueWhere {
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    QueueWhere(QueueFilter filter) {
        if (!filter.ids().isEmpty()) {
            add("q.id = ANY(?)", filter.ids());
        }
        if (!filter.text().isBlank()) {
            var text = filter.text().strip();
            add(
                    "(q.queue_id = ? OR lower(q.reverse_path) LIKE ? OR lower(r.address) LIKE ?)",
                    text.toUpperCase(Locale.ROOT),
                    part(text),
                    part(text));
        }
        if (!filter.state().isBlank()) {
            add("r.state = ?", filter.state().strip());
        }
        domain(filter.domain().strip().toLowerCase(Locale.ROOT));
        contains("q.reverse_path", filter.sender());
        contains("r.address", filter.recipient());
        contains("r.last_status || ' ' || r.last_text", filter.reply());
        var domains = filter.domains();
        if (domains != null) {
            add("(substring(lower(q.reverse_path) from '[^@]*$') = ANY(?) OR r.domain = ANY(?))", domains, domains);
        }
        var age = filter.olderThan();
        if (age != null) {
            add("q.created <= now() - ? * interval '1 second'", age.toSeconds());
        }
    }

    private void domain(String domain) {
        if (domain.startsWith("*.")) {
            add("r.domain LIKE ?", "%" + escaped(domain.substring(1)));
        } else if (!domain.isEmpty()) {
            add("r.domain = ?", ForeignDomain.of(domain));
        }
    }

    private void contains(String column, String text) {
        if (!text.isBlank()) {
            add("lower(" + column + ") LIKE ?", part(text.strip()));
        }
    }

    private void add(String condition, Object... parameters) {
        conditions.add(condition);
        values.addAll(List.of(parameters));
    }

    private static String part(String text) {
        return "%" + escaped(text.toLowerCase(Locale.ROOT)) + "%";
    }

    private static String escaped(String text) {
        return text.replace("\0", "").replaceAll("([\\\\%_])", "\\\\$1");
    }

    String sql() {
        return conditions.isEmpty() ? "true" : String.join(" AND ", conditions);
    }

    /** Fills the condition's places, which come first, and tells the number of the next. */
    int fill(PreparedStatement statement, Connection connection) throws SQLException {
        int next = 1;
        for (var value : values) {
            switch (value) {
                case List<?> ids -> statement.setArray(next++, connection.createArrayOf("bigint", ids.toArray()));
                case Set<?> names -> statement.setArray(next++, connection.createArrayOf("text", names.toArray()));
                case Long number -> statement.setLong(next++, number);
                default -> statement.setString(next++, value.toString());
            }
        }
        return next;
    }
}
