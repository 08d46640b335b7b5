package org.mailroom.message;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The columns of a message that hold its {@link Sorting} and its preview. */
final class SortingColumns {
    static final String NAMES = "thread, thread_references, base_subject, is_reply, sort_from, sort_to, sort_cc,"
            + " display_from, display_to, preview";

    static final String PLACES = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?";

    /** Once filled in they never change. */
    static final String UPDATE =
            "UPDATE message SET (" + NAMES + ") = (" + PLACES + ") WHERE id = ? AND thread IS NULL";

    private SortingColumns() {}

    /** Returns the index after the last. */
    static int bind(Connection connection, PreparedStatement statement, int from, ParsedMessage parsed, byte[] first)
            throws SQLException {
        var sorting = parsed.sorting();
        int next = from;
        statement.setLong(next++, sorting.thread());
        statement.setArray(
                next++, connection.createArrayOf("text", sorting.references().toArray()));
        statement.setString(next++, sorting.baseSubject());
        statement.setBoolean(next++, sorting.reply());
        statement.setString(next++, sorting.from());
        statement.setString(next++, sorting.to());
        statement.setString(next++, sorting.cc());
        statement.setString(next++, sorting.displayFrom());
        statement.setString(next++, sorting.displayTo());
        statement.setString(next++, Preview.of(parsed.parts(), first));
        return next;
    }
}
