package org.mailroom.acme;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.KeyPair;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.config.Secrets;
import org.mailroom.trace.OneLine;

/** What is kept about orders, for all nodes; each method joins the caller's transaction, or is one of its own. */
@ApplicationScoped
public class AcmeTable {
    private static final String ACCOUNT = "acme account";
    private static final String CERTIFICATE = "acme certificate";
    private static final int LONGEST = 500;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Secrets secrets;

    public AcmeTable() {}

    AcmeTable(DataSource database, Secrets secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    public Optional<AcmePlan> plan() {
        return row(
                "SELECT directory, terms, contact, names FROM acme",
                row -> new AcmePlan(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        List.of(row.getString(4).split(" "))));
    }

    /** Another authority gets another account; what was given before is shown until there is something new. */
    public void put(AcmePlan plan) {
        var key = secrets.seal(ACCOUNT, AccountKey.text(AccountKey.make()));
        update("""
                INSERT INTO acme AS a (directory, terms, contact, names, account_key) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET directory = excluded.directory, terms = excluded.terms,
                    contact = excluded.contact, names = excluded.names,
                    account_key = CASE a.directory WHEN excluded.directory THEN a.account_key ELSE excluded.account_key END""", plan.directory(), plan.terms(), plan.contact(), String.join(" ", plan.names()), key);
    }

    /** Orders nothing any more; what is shown stays. False where nothing was set up. */
    public boolean remove() {
        update("DELETE FROM acme_step");
        return update("DELETE FROM acme") > 0;
    }

    KeyPair accountKey() {
        return row("SELECT account_key FROM acme", row -> AccountKey.parse(secrets.open(ACCOUNT, row.getString(1))))
                .orElseThrow(() -> new IllegalStateException("nothing is set up"));
    }

    /** Makes the caller the one who orders, so long at most; false where somebody does already, or nothing is set up. */
    public boolean lease(Duration longest) {
        boolean mine = update(
                        "UPDATE acme SET leased_until = now() + ? * interval '1 second', ordered = now()"
                                + " WHERE leased_until IS NULL OR leased_until < now()",
                        longest.toSeconds())
                > 0;
        if (mine) {
            update("DELETE FROM acme_step");
        }
        return mine;
    }

    /** Whether it is time for another order, and nobody is at it. */
    public boolean isDue() {
        return row(
                        "SELECT 1 FROM acme WHERE next_order < now() AND (leased_until IS NULL OR leased_until < now())",
                        row -> true)
                .isPresent();
    }

    void step(String step, boolean good, String said) {
        update("INSERT INTO acme_step (step, good, said) VALUES (?, ?, ?)", step, good, OneLine.of(said, LONGEST));
    }

    /** The order is over, well. */
    public void succeed(Given given, Instant until, Instant next) {
        update(
                "UPDATE acme SET leased_until = NULL, trouble = '', chain = ?, private_key = ?, given = now(), until = ?,"
                        + " next_order = ?",
                given.chain(),
                secrets.seal(CERTIFICATE, given.key()),
                until,
                next);
    }

    /** @param next when it is tried again by itself; null: it is not */
    public void fail(AcmeFailure failure, @Nullable Instant next) {
        step(failure.step(), false, failure.text());
        update(
                "UPDATE acme SET leased_until = NULL, trouble = ?, next_order = ?",
                OneLine.of(failure.text(), LONGEST),
                next);
    }

    /** When something was given last. */
    public Optional<Instant> given() {
        return row(
                "SELECT given FROM acme WHERE chain IS NOT NULL",
                row -> row.getTimestamp(1).toInstant());
    }

    /** What was given last. */
    public Optional<Given> certificate() {
        return row(
                "SELECT chain, private_key FROM acme WHERE chain IS NOT NULL",
                row -> new Given(row.getString(1), secrets.open(CERTIFICATE, row.getString(2))));
    }

    public AcmeProgress progress() {
        var steps = rows(
                "SELECT at, step, good, said FROM acme_step ORDER BY id LIMIT 500",
                row -> new AcmeStep(
                        row.getTimestamp(1).toInstant(), row.getString(2), row.getBoolean(3), row.getString(4)));
        return row(
                        "SELECT coalesce(leased_until > now(), false), ordered, trouble, next_order, until FROM acme",
                        row -> new AcmeProgress(
                                row.getBoolean(1),
                                instant(row, 2),
                                row.getString(3),
                                instant(row, 4),
                                instant(row, 5),
                                steps))
                .orElseGet(() -> new AcmeProgress(false, null, "", null, null, List.of()));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        var at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> Optional<T> row(String sql, Reader<T> reader) {
        return rows(sql, reader).stream().findFirst();
    }

    private <T> List<T> rows(String sql, Reader<T> reader) {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(sql);
                var rows = query.executeQuery()) {
            var found = new ArrayList<T>();
            while (rows.next()) {
                found.add(reader.read(rows));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("what is kept about orders of certificates could not be read", e);
        }
    }

    private int update(String sql, @Nullable Object... values) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                set(statement, i + 1, values[i]);
            }
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("what is kept about orders of certificates could not be written", e);
        }
    }

    private static void set(PreparedStatement statement, int at, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setNull(at, Types.TIMESTAMP);
            case Instant instant -> statement.setTimestamp(at, Timestamp.from(instant));
            default -> statement.setObject(at, value);
        }
    }
}
