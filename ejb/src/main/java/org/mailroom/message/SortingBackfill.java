package org.mailroom.message;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.mailroom.contract.MessageSource;

/** Gives messages from before the upgrade what SORT and THREAD compare. When none is left it costs a look into an empty index. */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class SortingBackfill {
    private static final System.Logger LOG = System.getLogger(SortingBackfill.class.getName());

    /** First pieces of so many messages are in memory at a time. */
    private static final int BATCH = 50;

    private static final int MOST_BATCHES = 400;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    public SortingBackfill() {}

    SortingBackfill(DataSource database) {
        this.database = database;
    }

    @Schedule(hour = "*", minute = "*", second = "30", persistent = false)
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void fill() {
        try {
            for (int i = 0; i < MOST_BATCHES && batch() == BATCH; i++) {}
        } catch (SQLException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "messages from before the upgrade wait to be sorted: {0}",
                    e.getMessage());
        }
    }

    /** Returns how many there were. */
    int batch() throws SQLException {
        int done = 0;
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(
                        "SELECT id, octets FROM message WHERE thread IS NULL ORDER BY id LIMIT " + BATCH);
                var update = connection.prepareStatement(SortingColumns.UPDATE);
                var rows = query.executeQuery()) {
            while (rows.next()) {
                done++;
                add(connection, update, rows.getLong(1), rows.getBytes(2));
            }
            update.executeBatch();
        }
        return done;
    }

    private static void add(Connection connection, PreparedStatement update, long message, byte[] octets)
            throws SQLException {
        var parsed = MessageParser.parse(MessageSource.of(octets));
        int next = SortingColumns.bind(connection, update, 1, parsed, octets);
        update.setLong(next, message);
        update.addBatch();
    }
}
