package org.mailroom.mailbox;

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
import javax.sql.DataSource;

/**
 * Keeps the log of expunged UIDs from growing for ever. A client that was away for longer than the log reaches is told all UIDs
 * that are not there any more, which is as true and only longer (RFC 7162 §3.2.5.2).
 */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class ExpungedLog {
    private static final System.Logger LOG = System.getLogger(ExpungedLog.class.getName());

    /** UIDs that are remembered of each mailbox. */
    private static final int KEPT = 20_000;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    public ExpungedLog() {}

    ExpungedLog(DataSource database) {
        this.database = database;
    }

    @Schedule(hour = "3", minute = "17", persistent = false)
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void prune() {
        try {
            prune(KEPT);
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.WARNING, "the log of expunged messages was not pruned: {0}", e.getMessage());
        }
    }

    /** One statement for all mailboxes whose log is too long; what went at the same time goes or stays together. */
    void prune(int kept) throws SQLException {
        try (var connection = database.getConnection();
                var delete = connection.prepareStatement("""
                        WITH long_log AS (
                            SELECT mailbox_id FROM expunged GROUP BY mailbox_id HAVING count(*) > ?),
                        held AS MATERIALIZED (
                            SELECT id FROM mailbox WHERE id IN (SELECT mailbox_id FROM long_log)
                            ORDER BY id FOR NO KEY UPDATE),
                        cut AS MATERIALIZED (
                            SELECT h.id, (SELECT x.modseq FROM expunged x WHERE x.mailbox_id = h.id
                                ORDER BY x.modseq DESC OFFSET ? LIMIT 1) AS modseq FROM held h),
                        gone AS (
                            DELETE FROM expunged x USING cut c
                            WHERE x.mailbox_id = c.id AND x.modseq <= c.modseq)
                        UPDATE mailbox m SET expunged_known = c.modseq FROM cut c
                        WHERE m.id = c.id AND c.modseq > m.expunged_known""")) {
            delete.setInt(1, kept);
            delete.setInt(2, kept);
            delete.executeUpdate();
        }
    }
}
