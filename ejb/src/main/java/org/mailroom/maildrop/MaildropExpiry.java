package org.mailroom.maildrop;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.MailException;

/**
 * Removes from INBOX what has lain there for as long as its account may leave it. Every node runs it: a batch holds the
 * mailbox's row, so what one node removes the other finds gone. An INBOX that a POP3 session holds waits for the next turn.
 */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MaildropExpiry {
    private static final System.Logger LOG = System.getLogger(MaildropExpiry.class.getName());

    /** Mailboxes that are looked up at a time. */
    private static final int PAGE = 500;

    /** Orphans that are removed at a time. */
    private static final int BATCH = 5000;

    /**
     * The INBOXes in which something is due. UIDs ascend with the time at which a message came, so the lowest tells whether
     * any has been there for long.
     */
    private static final String DUE = """
            SELECT b.id, b.account_id, p.expire, p.days
            FROM mailbox b JOIN account a ON a.id = b.account_id
            LEFT JOIN pop_policy pa ON pa.account_id = a.id LEFT JOIN pop_policy pd ON pd.domain_id = a.domain_id
            CROSS JOIN LATERAL (SELECT
                CASE WHEN pa.expire IS NOT NULL THEN pa.expire WHEN pd.expire IS NOT NULL THEN pd.expire ELSE ? END expire,
                CASE WHEN pa.expire IS NOT NULL THEN pa.expire_days WHEN pd.expire IS NOT NULL THEN pd.expire_days ELSE ?::int END days) p
            WHERE b.name = 'INBOX' AND b.messages > 0 AND b.id > ? AND (
                p.expire = 'after_arrival' AND (SELECT e.saved FROM mailbox_entry e WHERE e.mailbox_id = b.id
                    ORDER BY e.uid LIMIT 1) < now() - p.days * interval '1 day'
                OR p.expire = 'after_fetch' AND EXISTS (SELECT FROM pop_fetched f JOIN mailbox_entry e USING (mailbox_id, uid)
                    WHERE f.mailbox_id = b.id AND f.fetched < now() - p.days * interval '1 day'))
            AND NOT EXISTS (SELECT FROM maildrop_lock l WHERE l.account_id = a.id AND l.expires > now())
            ORDER BY b.id LIMIT ?""";

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private PopPolicies policies;

    @Inject
    private ExpiryBatch batch;

    private final AtomicBoolean running = new AtomicBoolean();

    public MaildropExpiry() {}

    MaildropExpiry(DataSource database, PopPolicies policies, ExpiryBatch batch) {
        this.database = database;
        this.policies = policies;
        this.batch = batch;
    }

    record Due(AccountId account, long mailbox, Expire expire) {}

    @Schedule(hour = "*", minute = "*/15", persistent = false)
    public void expire() {
        if (!running.compareAndSet(false, true)) {
            return; // the turn before still works
        }
        try {
            long removed = 0;
            long last = 0;
            for (var due = due(last); !due.isEmpty(); due = due(last)) {
                for (var one : due) {
                    removed += removeAll(one);
                }
                last = due.getLast().mailbox();
            }
            if (removed > 0) {
                LOG.log(System.Logger.Level.INFO, "pop-policy status=removed messages=" + removed);
            }
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.WARNING, "pop-policy status=put-off the next turn tries again", e);
        } finally {
            running.set(false);
        }
    }

    /** One mailbox in which something is wrong does not keep the others waiting. */
    private long removeAll(Due due) {
        long removed = 0;
        try {
            for (long some = batch.remove(due); some > 0; some = batch.remove(due)) {
                removed += some;
            }
        } catch (MailException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "pop-policy mailbox=" + due.mailbox() + " status=put-off", e);
        }
        return removed;
    }

    private List<Due> due(long last) throws SQLException {
        var site = policies.site().expire();
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(DUE)) {
            query.setString(1, PopPolicyRow.word(site.kind()));
            query.setInt(2, site.days());
            query.setLong(3, last);
            query.setInt(4, PAGE);
            return read(query);
        }
    }

    private static List<Due> read(PreparedStatement query) throws SQLException {
        var due = new ArrayList<Due>();
        try (var rows = query.executeQuery()) {
            while (rows.next()) {
                var kind = Expire.Kind.valueOf(
                        Objects.requireNonNull(rows.getString(3)).toUpperCase(Locale.ROOT));
                due.add(new Due(new AccountId(rows.getLong(2)), rows.getLong(1), new Expire(kind, rows.getInt(4))));
            }
        }
        return due;
    }

    /** What was noted of messages that are gone since. */
    @Schedule(hour = "3", minute = "40", persistent = false)
    public void forget() {
        try (var connection = database.getConnection()) {
            for (int gone = BATCH; gone == BATCH; ) {
                gone = forget(connection);
            }
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.WARNING, "pop-policy status=put-off notes of messages that are gone", e);
        }
    }

    private static int forget(Connection connection) throws SQLException {
        try (var delete = connection.prepareStatement("""
                DELETE FROM pop_fetched f USING (
                    SELECT n.mailbox_id, n.uid FROM pop_fetched n
                    WHERE NOT EXISTS (SELECT FROM mailbox_entry e WHERE e.mailbox_id = n.mailbox_id AND e.uid = n.uid)
                    LIMIT ?) gone
                WHERE f.mailbox_id = gone.mailbox_id AND f.uid = gone.uid""")) {
            delete.setInt(1, BATCH);
            return delete.executeUpdate();
        }
    }
}
