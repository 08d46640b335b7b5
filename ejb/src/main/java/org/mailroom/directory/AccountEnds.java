package org.mailroom.directory;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;

/**
 * When accounts end. One that expires is disabled; one that is removed is disabled at once, keeps address and mail for a time
 * of grace in which it can be had back, and is then due to go. What was disabled before is kept as a time that is over, so that
 * it does not come back open. Everything happens in the caller's transaction.
 */
@ApplicationScoped
public class AccountEnds {
    private static final String WHICH =
            " WHERE kind = 'person' AND local_part = ? AND domain_id = (SELECT id FROM domain WHERE name = ?)";

    private static final String EXPIRED = """
            UPDATE account a SET enabled = false, expires = NULL, version = a.version + 1
              FROM domain d WHERE d.id = a.domain_id AND least(a.expires, a.removal) <= now() AND a.expires <= now()
               AND a.removal IS NULL
            RETURNING a.id, a.local_part, d.name""";

    private static final String DUE = """
            SELECT a.id, a.local_part, d.name FROM account a JOIN domain d ON d.id = a.domain_id
             WHERE least(a.expires, a.removal) <= now() AND a.removal <= now()
             ORDER BY a.id LIMIT 1 FOR UPDATE OF a SKIP LOCKED""";

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Event<DirectoryChanged> changed;

    /** Whose time has come. */
    public record Ended(AccountId account, String address) {}

    @FunctionalInterface
    private interface Values {
        void set(PreparedStatement statement) throws SQLException;
    }

    /** False where there is no such account, or it is removed already; like those below. */
    public boolean remove(MailAddress address, Instant until) {
        return change(
                "UPDATE account SET expires = CASE WHEN enabled THEN expires ELSE now() END, enabled = false, removal = ?,"
                        + " version = version + 1" + WHICH + " AND removal IS NULL",
                until,
                address);
    }

    /** It is enabled unless its time is over, or was before it was removed. */
    public boolean restore(MailAddress address) {
        return change(
                "UPDATE account SET enabled = coalesce(expires > now(), true),"
                        + " expires = CASE WHEN expires > now() THEN expires END, removal = ?, version = version + 1"
                        + WHICH
                        + " AND removal IS NOT NULL",
                null,
                address);
    }

    /**
     * One whose time is over already is disabled at once. False where it is removed, too: what it comes back as is settled then.
     *
     * @param at null: never
     */
    public boolean expire(MailAddress address, @Nullable Instant at) {
        return change(
                "UPDATE account SET expires = CASE WHEN wish.at > now() THEN wish.at END,"
                        + " enabled = enabled AND coalesce(wish.at > now(), true), version = version + 1"
                        + " FROM (SELECT CAST(? AS timestamptz) AS at) wish" + WHICH + " AND removal IS NULL",
                at,
                address);
    }

    private boolean change(String sql, @Nullable Instant at, MailAddress address) {
        return done(sql, statement -> {
            statement.setObject(1, at == null ? null : at.atOffset(ZoneOffset.UTC));
            statement.setString(2, address.key());
            statement.setString(3, address.domain());
        });
    }

    /** Disables those whose time is over. */
    public List<Ended> expireDue() {
        var ended = ended(EXPIRED);
        if (!ended.isEmpty()) {
            changed.fire(new DirectoryChanged());
        }
        return ended;
    }

    /**
     * One whose time of grace is over, kept from other nodes until the transaction ends; or none. Others lock an account after
     * mailboxes; the transaction that goes on from here gives way to them: rather than wait for long it fails, and can come again.
     */
    public List<Ended> due() {
        patience();
        return ended(DUE);
    }

    /** Shorter than the second after which PostgreSQL looks for a circle, and ends it with an error to whomever it likes. */
    private void patience() {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = '200ms'");
        } catch (SQLException e) {
            throw new IllegalStateException("the directory does not answer", e);
        }
    }

    /** Takes the account out of the directory, with all that is its own there; its mailboxes must be gone. */
    public void forget(Ended ended) {
        done(
                "DELETE FROM account WHERE id = ?",
                statement -> statement.setLong(1, ended.account().value()));
    }

    private List<Ended> ended(String sql) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql);
                var rows = statement.executeQuery()) {
            var found = new ArrayList<Ended>();
            while (rows.next()) {
                var address = new MailAddress(rows.getString(2), rows.getString(3));
                found.add(new Ended(new AccountId(rows.getLong(1)), address.toString()));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("the directory does not answer", e);
        }
    }

    private boolean done(String sql, Values values) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            values.set(statement);
            boolean any = statement.executeUpdate() > 0;
            changed.fire(new DirectoryChanged());
            return any;
        } catch (SQLException e) {
            throw new IllegalStateException("the directory does not answer", e);
        }
    }
}
