package org.mailroom.maildrop;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.mailroom.contract.Actor;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;

/**
 * The exclusive lock of POP3 (RFC 1939 §3). It lies in the database, so that it holds for all nodes, and is a lease, so that
 * it does not outlive its node; what this node left when it last ended is removed at the start.
 */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MaildropLocks {
    private static final String LEASE = "interval '2 minutes'";

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    private String node = node();

    public MaildropLocks() {}

    MaildropLocks(DataSource database, String node) {
        this.database = database;
        this.node = node;
    }

    /** Stays the same when the node starts again. */
    private static String node() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "unknown";
        }
        return host + ':' + System.getProperty("com.sun.aas.instanceRoot", "");
    }

    @PostConstruct
    void clear() {
        update("DELETE FROM maildrop_lock WHERE node = ?", node);
    }

    /** @param delay since the account's last login; zero for none */
    public void lock(Actor actor, Duration delay) throws MailException {
        if (!delay.isZero()) {
            await(actor, delay);
        }
        int taken = update(
                "INSERT INTO maildrop_lock AS l (account_id, session, node, expires) VALUES (?, ?, ?, now() + " + LEASE
                        + ") ON CONFLICT (account_id) DO UPDATE SET session = excluded.session, node = excluded.node,"
                        + " expires = excluded.expires WHERE l.expires < now()"
                        + " OR l.session = excluded.session AND l.node = excluded.node",
                actor.account().value(),
                actor.session(),
                node);
        if (taken == 0) {
            throw new MailException(Reason.IN_USE, "Another session has this maildrop");
        }
    }

    /** RFC 2449 §6.5: in the database, so that it holds whichever node the next login comes to. */
    private void await(Actor actor, Duration delay) throws MailException {
        int allowed = update(
                "INSERT INTO pop_login AS l (account_id, at) VALUES (?, now()) ON CONFLICT (account_id) DO UPDATE"
                        + " SET at = now() WHERE l.at <= now() - ? * interval '1 second'",
                actor.account().value(),
                delay.toSeconds());
        if (allowed == 0) {
            throw new MailException(
                    Reason.NOT_YET, "An account logs in every " + delay.toSeconds() + " seconds at most");
        }
    }

    public void renew(Actor actor) {
        update(
                "UPDATE maildrop_lock SET expires = now() + " + LEASE
                        + " WHERE account_id = ? AND session = ? AND node = ?",
                actor.account().value(),
                actor.session(),
                node);
    }

    public void unlock(Actor actor) {
        update(
                "DELETE FROM maildrop_lock WHERE account_id = ? AND session = ? AND node = ?",
                actor.account().value(),
                actor.session(),
                node);
    }

    private int update(String sql, Object... parameters) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the lock of a maildrop could not be changed", e);
        }
    }
}
