package org.mailroom.admin;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.wire.Wire;
import org.mailroom.house.OpenWire;
import org.mailroom.house.State;

/** The numbers of the dashboard. Counted at most every few seconds, however many look at them. */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
public class Overview {
    private static final Duration AGE = Duration.ofSeconds(5);

    // Sums over mailbox rows, which are exact; never over messages.
    private static final String SQL = """
            SELECT (SELECT count(*) FROM domain), (SELECT count(*) FROM account), coalesce(sum(messages), 0),
                   coalesce(sum(octets), 0), (SELECT count(*) FROM queued_message)
              FROM mailbox""";

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private State state;

    @Inject
    private OpenWire wire;

    private volatile @Nullable Counts counts;
    private final String version = version();

    private record Counts(long at, long domains, long accounts, long messages, long octets, long queued) {
        boolean isFresh() {
            return System.nanoTime() - at < AGE.toNanos();
        }
    }

    public Status status() {
        var problem = state.problem();
        var now = problem.isEmpty() ? counts() : new Counts(0, 0, 0, 0, 0, 0);
        var listeners = wire.listeners();
        return new Status(
                version,
                problem.isEmpty(),
                problem,
                now.domains,
                now.accounts,
                now.messages,
                now.octets,
                now.queued,
                listeners.stream().mapToLong(Wire.Listening::sessions).sum(),
                listeners);
    }

    /** Of the numbers. */
    public News news() {
        return (seen, longest) -> {
            long end = System.nanoTime() + longest.toNanos();
            long mark = mark();
            while (mark == seen && System.nanoTime() - end < 0) {
                Thread.sleep(AGE.dividedBy(5));
                mark = mark();
            }
            return mark;
        };
    }

    private long mark() {
        var now = counts();
        long sessions =
                wire.listeners().stream().mapToLong(Wire.Listening::sessions).sum();
        return Objects.hash(now.domains, now.accounts, now.messages, now.octets, now.queued, sessions) & 0x7FFF_FFFFL;
    }

    /** Where the server is reached, which every user may know. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR, Role.USER})
    public List<Wire.Listening> listeners() {
        return wire.listeners();
    }

    private Counts counts() {
        var last = counts;
        if (last != null && last.isFresh()) {
            return last;
        }
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(SQL);
                var row = statement.executeQuery()) {
            row.next();
            var fresh = new Counts(
                    System.nanoTime(), row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5));
            counts = fresh;
            return fresh;
        } catch (SQLException e) {
            throw new IllegalStateException("the numbers cannot be counted", e);
        }
    }

    /** Maven writes it into the jar; without one, somebody is trying things out. */
    private static String version() {
        try (var stream =
                Overview.class.getResourceAsStream("/META-INF/maven/org.mailroom/mailroom-ejb/pom.properties")) {
            if (stream == null) {
                return "development";
            }
            var properties = new Properties();
            properties.load(stream);
            return properties.getProperty("version", "development");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
