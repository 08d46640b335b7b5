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
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Removes messages that nobody holds any more. Whoever lets one go leaves a note in message_release; the sweep looks a while
 * later, so that a client that is still reading an expunged message can finish.
 */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class MessageSweep {
    private static final System.Logger LOG = System.getLogger(MessageSweep.class.getName());
    private static final Duration GRACE = Duration.ofMinutes(5);
    private static final int BATCH = 500;
    private static final int MOST_BATCHES = 40;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    public MessageSweep() {}

    MessageSweep(DataSource database) {
        this.database = database;
    }

    @Schedule(hour = "*", minute = "*", persistent = false)
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void sweep() {
        try {
            for (int i = 0; i < MOST_BATCHES && batch(GRACE) == BATCH; i++) {}
        } catch (SQLException e) {
            // Someone took a message up again in that very moment, or the database is away: the notes are still there.
            LOG.log(System.Logger.Level.DEBUG, "sweep of messages will be tried again", e);
        }
    }

    /** One statement, which is its own transaction: either the notes and the messages go or neither. Returns notes read. */
    int batch(Duration grace) throws SQLException {
        try (var connection = database.getConnection();
                var delete = connection.prepareStatement("""
                        WITH note AS (
                            DELETE FROM message_release WHERE id IN (
                                SELECT id FROM message_release WHERE released < now() - ? * interval '1 second'
                                ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED)
                            RETURNING message_id),
                        gone AS (
                            DELETE FROM message m USING (SELECT DISTINCT message_id FROM note) n
                            WHERE m.id = n.message_id
                            AND NOT EXISTS (SELECT FROM mailbox_entry e WHERE e.message_id = m.id)
                            AND NOT EXISTS (SELECT FROM queued_message q WHERE q.message_id = m.id)
                            AND NOT EXISTS (SELECT FROM quarantined_message k WHERE k.message_id = m.id))
                        SELECT count(*) FROM note""")) {
            delete.setLong(1, grace.toSeconds());
            delete.setInt(2, BATCH);
            try (var rows = delete.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }
}
