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
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** The last day by hours, counted in the trace. An hour that is over is counted once; the running one every few seconds. */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
public class Traffic {
    private static final int HOURS = 24;
    private static final Duration AGE = Duration.ofSeconds(5);

    private static final String SQL = """
            SELECT count(*) FILTER (WHERE step = 'received'), count(*) FILTER (WHERE step = 'refused' AND reply NOT LIKE '4%'),
                   count(*) FILTER (WHERE step = 'relayed'),
                   count(*) FILTER (WHERE step = 'deferred' OR step = 'refused' AND reply LIKE '4%')
              FROM trace WHERE at >= ? AND at < ?""";

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    private final Map<Instant, Counted> counted = new ConcurrentHashMap<>();

    /** @param at when it was counted */
    private record Counted(TrafficHour hour, Instant at) {
        boolean holds(Instant now) {
            // A transaction that began before the hour's end may still write into it.
            return at.isAfter(hour.hour().plus(61, ChronoUnit.MINUTES))
                    || at.plus(AGE).isAfter(now);
        }
    }

    /** The oldest first; the last is not over yet. */
    public List<TrafficHour> hours() {
        var now = Instant.now();
        var current = now.truncatedTo(ChronoUnit.HOURS);
        var oldest = current.minus(HOURS - 1, ChronoUnit.HOURS);
        counted.keySet().removeIf(hour -> hour.isBefore(oldest));
        return IntStream.range(0, HOURS)
                .mapToObj(i -> hour(oldest.plus(i, ChronoUnit.HOURS), now))
                .toList();
    }

    private TrafficHour hour(Instant hour, Instant now) {
        var known = counted.get(hour);
        if (known != null && known.holds(now)) {
            return known.hour();
        }
        var fresh = new Counted(count(hour), now);
        counted.put(hour, fresh);
        return fresh.hour();
    }

    private TrafficHour count(Instant hour) {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(SQL)) {
            query.setObject(1, time(hour));
            query.setObject(2, time(hour.plus(1, ChronoUnit.HOURS)));
            try (var row = query.executeQuery()) {
                row.next();
                return new TrafficHour(hour, row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the hours cannot be counted", e);
        }
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
