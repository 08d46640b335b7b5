package org.mailroom;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGPooledConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database of the tests' server, whose connections are kept to be used again: to make one costs more than most of what a test
 * asks by it.
 */
final class KeptConnections extends PGSimpleDataSource {
    private static final long serialVersionUID = 1L;

    /** Of all databases together: nearly every test has its own, and is soon over. */
    private static final int MOST = 16;

    private static final Deque<Kept> IDLE = new ArrayDeque<>();

    private record Kept(String database, PooledConnection connection) {}

    @Override
    public Connection getConnection() throws SQLException {
        var kept = take(String.valueOf(getDatabaseName()));
        return (kept == null ? made() : kept).getConnection();
    }

    private PooledConnection made() throws SQLException {
        var database = String.valueOf(getDatabaseName());
        var made = new PGPooledConnection(super.getConnection(), true);
        made.addConnectionEventListener(new ConnectionEventListener() {
            private volatile boolean broken;

            @Override
            public void connectionClosed(ConnectionEvent event) {
                if (broken) {
                    close(made);
                } else {
                    keep(new Kept(database, made));
                }
            }

            @Override
            public void connectionErrorOccurred(ConnectionEvent event) {
                broken = true;
            }
        });
        return made;
    }

    private static synchronized @Nullable PooledConnection take(String database) {
        for (var idle = IDLE.descendingIterator(); idle.hasNext(); ) {
            var kept = idle.next();
            if (kept.database.equals(database)) {
                idle.remove();
                return kept.connection;
            }
        }
        return null;
    }

    private static synchronized void keep(Kept kept) {
        IDLE.addLast(kept);
        if (IDLE.size() > MOST) {
            close(IDLE.removeFirst().connection);
        }
    }

    private static void close(PooledConnection connection) {
        try {
            connection.close();
        } catch (SQLException gone) {
            // Nobody waits for it.
        }
    }
}
