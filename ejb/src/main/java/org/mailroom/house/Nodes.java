package org.mailroom.house;

import jakarta.annotation.PostConstruct;
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
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.mailroom.config.Settings;
import org.mailroom.contract.wire.Wire;
import org.mailroom.queue.DeliveryAgent;
import org.mailroom.queue.QueueSettings;

/**
 * Says every few seconds in the database that this node lives, and hears whether it is to be drained: then it takes no new clients
 * and begins to send nothing more, while who is here may finish.
 */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Nodes {
    private static final System.Logger LOG = System.getLogger(Nodes.class.getName());

    private static final String BEAT = """
            INSERT INTO node AS n (name, started, seen, sessions, sending) VALUES (?, ?, now(), ?, ?)
            ON CONFLICT (name) DO UPDATE SET started = excluded.started, seen = excluded.seen,
                sessions = excluded.sessions, sending = excluded.sending
            RETURNING draining""";

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private OpenWire wire;

    @Inject
    private DeliveryAgent agent;

    private final Instant started = Instant.now();
    private String name = "";

    @PostConstruct
    void start() {
        name = QueueSettings.of(Settings.current()).node();
    }

    /** As it stands in leases. */
    public String name() {
        return name;
    }

    /** Throws nothing: the container forgets a timer that failed twice. */
    @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
    public void beat() {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(BEAT)) {
            statement.setString(1, name);
            statement.setObject(2, started.atOffset(ZoneOffset.UTC));
            statement.setLong(
                    3,
                    wire.listeners().stream()
                            .mapToLong(Wire.Listening::sessions)
                            .sum());
            statement.setInt(4, agent.active());
            try (var row = statement.executeQuery()) {
                row.next();
                drain(row.getBoolean(1));
            }
        } catch (SQLException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "node beat=missed", e);
        }
    }

    private void drain(boolean draining) {
        if (draining != wire.isDraining()) {
            LOG.log(System.Logger.Level.INFO, "node=" + name + " draining=" + draining);
            wire.drain(draining);
            agent.rest(draining);
        }
    }
}
