package org.mailroom.queue;

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
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.config.Settings;
import org.mailroom.directory.DomainPattern;
import org.mailroom.trace.OneLine;

/**
 * How mail for each domain is sent, and which are paused; answers come from memory. A change on this node is seen with its
 * commit, one of another node within seconds.
 */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class DeliveryTerms {
    private static final System.Logger LOG = System.getLogger(DeliveryTerms.class.getName());

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    private Terms standard = new Terms(RetrySchedule.STANDARD, Duration.ofHours(4), 20, 0, Optional.empty());
    private volatile @Nullable Known known;

    /** What was read before the last of them is not kept. */
    private final AtomicLong changes = new AtomicLong();

    private record Known(Map<String, DeliveryRules.Rule> rules, Map<String, String> pauses) {}

    @PostConstruct
    void configure() {
        standard = QueueSettings.of(Settings.current()).terms();
    }

    /** A domain's own rule, what it leaves open by that of the domains above it, and the rest by the settings. */
    public Terms of(String domain) {
        var rules = known().rules();
        var terms = standard;
        if (rules.isEmpty()) {
            return terms;
        }
        for (var pattern : DomainPattern.covering(domain).reversed()) {
            var rule = rules.get(pattern);
            terms = rule == null ? terms : DeliveryRule.narrowed(terms, rule);
        }
        return terms;
    }

    /** Who has mail for a domain wait. */
    public Optional<String> pausedBy(String domain) {
        return Optional.ofNullable(known().pauses().get(domain));
    }

    private Known known() {
        var current = known;
        return current == null ? read() : current;
    }

    private Known read() {
        long before = changes.get();
        try (var connection = database.getConnection()) {
            var fresh = new Known(rules(connection), pauses(connection));
            keep(fresh, before);
            return fresh;
        } catch (SQLException e) {
            throw new IllegalStateException("the rules of domains cannot be read", e);
        }
    }

    private synchronized void keep(Known fresh, long before) {
        if (changes.get() == before) {
            known = fresh;
        }
    }

    private static Map<String, DeliveryRules.Rule> rules(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement("""
                        SELECT domain, first_retry, longest_retry, expire, notice, concurrency, per_minute, tls
                        FROM delivery_rule""");
                var rows = query.executeQuery()) {
            var rules = new HashMap<String, DeliveryRules.Rule>();
            while (rows.next()) {
                rules.put(rows.getString(1), rule(rows));
            }
            return rules;
        }
    }

    private static DeliveryRules.Rule rule(ResultSet row) throws SQLException {
        return new DeliveryRules.Rule(
                row.getString(1),
                seconds(row, 2),
                seconds(row, 3),
                seconds(row, 4),
                seconds(row, 5),
                row.getObject(6, Integer.class),
                row.getObject(7, Integer.class),
                DeliveryRule.demand(row.getString(8)));
    }

    private static @Nullable Duration seconds(ResultSet row, int column) throws SQLException {
        var seconds = row.getObject(column, Long.class);
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    private static Map<String, String> pauses(Connection connection) throws SQLException {
        try (var query =
                        connection.prepareStatement("SELECT domain, paused_by FROM destination WHERE paused_by <> ''");
                var rows = query.executeQuery()) {
            var pauses = new HashMap<String, String>();
            while (rows.next()) {
                pauses.put(rows.getString(1), rows.getString(2));
            }
            return pauses;
        }
    }

    /** Other nodes' changes. Throws nothing: the container forgets a timer that failed twice. */
    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void refresh() {
        try {
            read();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "queue rules=stale cause=" + OneLine.of(e.toString(), 300));
        }
    }

    /** Reads anew at the next question, in a transaction that sees the change. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public synchronized void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) TermsChanged change) {
        changes.incrementAndGet();
        known = null;
    }
}
