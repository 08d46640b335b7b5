package org.mailroom.trace;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes steps, however many in one round trip. JDBC instead of entities, because every message passes here. */
final class TraceTable {
    // The database's own clock, row by row, so that the steps of a message keep their order on any node.
    private static final String INSERT = """
            INSERT INTO trace (queue_id, session, step, sender, recipient, client, rule, reply, detail)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])""";

    private TraceTable() {}

    static void insert(Connection connection, List<TraceStep> steps) throws SQLException {
        if (steps.isEmpty()) {
            return;
        }
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setArray(1, column(connection, steps, TraceStep::queueId));
            insert.setArray(2, column(connection, steps, TraceStep::session));
            insert.setArray(3, column(connection, steps, step -> step.kind().word()));
            insert.setArray(4, column(connection, steps, TraceStep::sender));
            insert.setArray(5, column(connection, steps, TraceStep::recipient));
            insert.setArray(6, column(connection, steps, TraceStep::client));
            insert.setArray(7, column(connection, steps, TraceStep::rule));
            insert.setArray(8, column(connection, steps, TraceStep::reply));
            insert.setArray(9, column(connection, steps, TraceStep::detail));
            insert.executeUpdate();
        }
    }

    private static Array column(
            Connection connection, List<TraceStep> steps, Function<TraceStep, @Nullable String> member)
            throws SQLException {
        var values = new @Nullable Object[steps.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = member.apply(steps.get(i));
        }
        return connection.createArrayOf("text", values);
    }
}
