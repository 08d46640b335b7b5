package org.mailroom.mailbox;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.mailroom.contract.store.UidSet;

/**
 * Hands a set of UIDs to a statement as two arrays, the beginnings and the ends, so that its text does not depend on the set.
 * A small set goes UID by UID: the planner guesses well how many rows equal something, and badly how many lie between.
 */
record Ranges(List<Long> low, List<Long> high, boolean single) {
    private static final String MANY = "unnest(?::bigint[], ?::bigint[]) AS r (low, high)";

    /** The planner sees that it is one row, and keeps its plan. */
    private static final String ONE = "(VALUES (?::bigint, ?::bigint)) AS r (low, high)";

    private static final int SMALL = 256;

    static Ranges of(UidSet uids) {
        if (uids.size() <= SMALL) {
            var each = uids.stream().boxed().toList();
            return new Ranges(each, each, true);
        }
        var low = new ArrayList<Long>(uids.ranges());
        var high = new ArrayList<Long>(uids.ranges());
        for (int i = 0; i < uids.ranges(); i++) {
            low.add(uids.first(i));
            high.add(uids.last(i));
        }
        return new Ranges(low, high, false);
    }

    /** A table {@code r (low, high)}; takes two parameters. */
    String table() {
        return isOne() ? ONE : MANY;
    }

    private boolean isOne() {
        return single && low.size() == 1;
    }

    /** The condition under which the entry {@code e} is in the set. */
    String condition() {
        return single ? "e.uid = r.low" : "e.uid BETWEEN r.low AND r.high";
    }

    void bind(PreparedStatement statement, int index) throws SQLException {
        if (isOne()) {
            statement.setLong(index, low.getFirst());
            statement.setLong(index + 1, high.getFirst());
            return;
        }
        var connection = statement.getConnection();
        statement.setArray(index, connection.createArrayOf("bigint", low.toArray()));
        statement.setArray(index + 1, connection.createArrayOf("bigint", high.toArray()));
    }
}
