package org.mailroom.mailbox;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.stream.IntStream;
import org.mailroom.contract.store.UidSet;

/** Hands a set of UIDs to a statement as two arrays, the beginnings and the ends, so that its text never depends on the set. */
final class Ranges {
    /** A table {@code r (low, high)} of the ranges; takes two parameters. */
    static final String TABLE = "unnest(?::bigint[], ?::bigint[]) AS r (low, high)";

    private Ranges() {}

    static void bind(PreparedStatement statement, int index, UidSet uids) throws SQLException {
        var low = IntStream.range(0, uids.ranges()).mapToObj(uids::first).toArray(Long[]::new);
        var high = IntStream.range(0, uids.ranges()).mapToObj(uids::last).toArray(Long[]::new);
        var connection = statement.getConnection();
        statement.setArray(index, connection.createArrayOf("bigint", low));
        statement.setArray(index + 1, connection.createArrayOf("bigint", high));
    }
}
