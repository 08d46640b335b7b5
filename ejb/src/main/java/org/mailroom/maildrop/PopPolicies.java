package org.mailroom.maildrop;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.config.Settings;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.maildrop.Maildrops.Terms;
import org.mailroom.maildrop.PopPolicy.Wish;

/** Which policy holds for whom: that of the account, of its domain, of the configuration, each where it says something. */
@ApplicationScoped
public class PopPolicies {
    @PersistenceContext(unitName = "mail")
    private EntityManager entities;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    private PopSettings settings =
            new PopSettings(new PopPolicy(Expire.NEVER, PopPolicy.Show.ALL, false), Duration.ZERO);

    public PopPolicies() {}

    PopPolicies(DataSource database, PopSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    @PostConstruct
    void configure() {
        settings = PopSettings.of(Settings.current());
    }

    PopSettings settings() {
        return settings;
    }

    /** Of the configuration. */
    public PopPolicy site() {
        return settings.policy();
    }

    /**
     * A policy that somebody set.
     *
     * @param of a domain or an address
     */
    public record Set(String of, Wish wish) {}

    /** What is set for a domain, or for an account where there is a local part; empty where there is none of that name. */
    public Optional<Wish> find(String localPart, String domain) {
        return id(localPart, domain).map(id -> {
            var of = localPart.isEmpty() ? "domain_id" : "account_id";
            var found = query(
                    "SELECT expire, coalesce(expire_days, 0), show, mark_seen FROM pop_policy WHERE " + of + " = ?",
                    id,
                    row -> wish(row, 1));
            return found.isEmpty() ? new Wish(null, null, null) : found.getFirst();
        });
    }

    /** What holds for whom: for the account, or for those of the domain that have no policy of their own. */
    public PopPolicy holding(String localPart, String domain) {
        var ofDomain = site().with(find("", domain).orElse(new Wish(null, null, null)));
        return localPart.isEmpty()
                ? ofDomain
                : ofDomain.with(find(localPart, domain).orElse(new Wish(null, null, null)));
    }

    /** All that were set, domains first. */
    public List<Set> all() {
        return query("""
                SELECT coalesce(d.name, a.local_part || '@' || h.name), p.expire, coalesce(p.expire_days, 0), p.show, p.mark_seen
                FROM pop_policy p LEFT JOIN domain d ON d.id = p.domain_id
                LEFT JOIN account a ON a.id = p.account_id LEFT JOIN domain h ON h.id = a.domain_id
                ORDER BY p.domain_id IS NULL, 1""", null, row -> new Set(row.getString(1), wish(row, 2)));
    }

    /** What holds for the account. */
    public PopPolicy of(AccountId account) {
        var found = query("""
                SELECT d.expire, coalesce(d.expire_days, 0), d.show, d.mark_seen,
                    p.expire, coalesce(p.expire_days, 0), p.show, p.mark_seen
                FROM account a LEFT JOIN pop_policy d ON d.domain_id = a.domain_id
                LEFT JOIN pop_policy p ON p.account_id = a.id WHERE a.id = ?""", account.value(), row -> site().with(wish(row, 1)).with(wish(row, 5)));
        return found.isEmpty() ? site() : found.getFirst();
    }

    /** RFC 2449 §6.7: before login the shortest time of all, and whether there are others. */
    public Terms terms() {
        var days = new ArrayList<@Nullable Integer>();
        days.add(site().expire().announced());
        query(
                "SELECT DISTINCT expire, coalesce(expire_days, 0), NULL, NULL::boolean FROM pop_policy WHERE expire IS NOT NULL",
                null,
                row -> days.add(site().with(wish(row, 1)).expire().announced()));
        Integer least = null;
        for (var some : days) {
            least = least == null || some != null && some < least ? some : least;
        }
        return new Terms(least, days.stream().distinct().count() > 1, settings.loginDelay());
    }

    /** The terms of somebody who has logged in; they are his and differ no more. */
    Terms terms(PopPolicy policy) {
        return new Terms(policy.expire().announced(), false, settings.loginDelay());
    }

    /**
     * Sets what a domain or an account has of its own, in the caller's transaction; an empty wish removes it.
     *
     * @return what was set before; empty where there is no such domain or account
     */
    public Optional<Wish> put(String localPart, String domain, Wish wish) {
        var id = id(localPart, domain);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        boolean ofDomain = localPart.isEmpty();
        var known = entities.createQuery(
                        "SELECT p FROM PopPolicy p WHERE p." + (ofDomain ? "domain" : "account") + " = :id",
                        PopPolicyRow.class)
                .setParameter("id", id.get())
                .getResultStream()
                .findFirst();
        var before = known.map(PopPolicyRow::wish).orElse(new Wish(null, null, null));
        if (wish.isEmpty()) {
            known.ifPresent(entities::remove);
        } else {
            var row = known.orElseGet(() -> new PopPolicyRow(ofDomain ? id.get() : null, ofDomain ? null : id.get()));
            row.set(wish);
            entities.persist(row);
        }
        return Optional.of(before);
    }

    private Optional<Long> id(String localPart, String domain) {
        var sql = localPart.isEmpty()
                ? "SELECT id FROM domain WHERE name = ?"
                : "SELECT a.id FROM account a JOIN domain d ON d.id = a.domain_id WHERE d.name = ? AND a.local_part = ?";
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, domain);
            if (!localPart.isEmpty()) {
                statement.setString(2, localPart);
            }
            try (var rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the directory does not answer", e);
        }
    }

    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> query(String sql, @Nullable Long parameter, Reading<T> reading) {
        try (var connection = database.getConnection()) {
            return query(connection, sql, parameter, reading);
        } catch (SQLException e) {
            throw new IllegalStateException("the policies of POP3 could not be read", e);
        }
    }

    private static <T> List<T> query(Connection connection, String sql, @Nullable Long parameter, Reading<T> reading)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            if (parameter != null) {
                statement.setLong(1, parameter);
            }
            try (var rows = statement.executeQuery()) {
                var found = new ArrayList<T>();
                while (rows.next()) {
                    found.add(reading.of(rows));
                }
                return found;
            }
        }
    }

    private static Wish wish(ResultSet row, int column) throws SQLException {
        return PopPolicyRow.wish(
                row.getString(column),
                row.getInt(column + 1),
                row.getString(column + 2),
                row.getObject(column + 3, Boolean.class));
    }
}
