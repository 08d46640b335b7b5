package org.mailroom.admin;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
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
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javax.sql.DataSource;
import org.mailroom.contract.wire.Wire;
import org.mailroom.house.OpenWire;
import org.mailroom.queue.Latencies;

/** How queue, sessions, storage and latency went over the last day, minute by minute, in memory: this node's since its start. */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
public class Pulse {
    private static final System.Logger LOG = System.getLogger(Pulse.class.getName());
    private static final int MINUTES = 24 * 60;

    private static final String SQL =
            "SELECT (SELECT count(*) FROM queued_message), coalesce(sum(octets), 0) FROM mailbox";

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private OpenWire wire;

    @Inject
    private Latencies latencies;

    private final Deque<PulsePoint> points = new ArrayDeque<>();

    /** The oldest first. */
    public List<PulsePoint> points() {
        synchronized (points) {
            return List.copyOf(points);
        }
    }

    /** Throws nothing: the container forgets a timer that failed twice. */
    @PermitAll
    @Schedule(hour = "*", minute = "*", second = "31", persistent = false)
    public void sample() {
        try {
            var point = point();
            synchronized (points) {
                points.add(point);
                while (points.size() > MINUTES) {
                    points.removeFirst();
                }
            }
        } catch (SQLException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "pulse status=missed", e);
        }
    }

    private PulsePoint point() throws SQLException {
        long sessions =
                wire.listeners().stream().mapToLong(Wire.Listening::sessions).sum();
        var latency = latencies.median();
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(SQL);
                var row = query.executeQuery()) {
            row.next();
            return new PulsePoint(
                    Instant.now().truncatedTo(ChronoUnit.SECONDS),
                    row.getLong(1),
                    sessions,
                    row.getLong(2),
                    latency.isPresent() ? latency.getAsLong() : null);
        }
    }
}
