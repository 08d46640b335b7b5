package org.mailroom.queue;

import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a database that is away from one that will never take what it is given. */
final class DatabaseTrouble {
    /** Classes of SQLSTATE: data that makes no sense, rules that are broken, statements that it does not know. */
    private static final Set<String> FOR_GOOD = Set.of("22", "23", "42");

    private DatabaseTrouble() {}

    /** Whether the same may work a little later; false too where the trouble is not the database's. */
    static boolean mendsItself(@Nullable Throwable problem) {
        boolean commit = false;
        for (var cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e) {
                var state = e.getSQLState();
                // The pool, which finds no connection, has no state to tell.
                return state == null || state.length() < 2 || !FOR_GOOD.contains(state.substring(0, 2));
            }
            commit |= cause instanceof RollbackException || cause instanceof SystemException;
        }
        return commit;
    }
}
