package org.mailroom.transport;

import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Optional;
import javax.sql.DataSource;
import org.mailroom.transport.StsPolicies.Kept;

/** Policies that were fetched, for all nodes and over restarts; each method is a transaction of its own. */
final class StsTable {
    private static final System.Logger LOG = System.getLogger(StsTable.class.getName());

    private final DataSource database;

    StsTable(DataSource database) {
        this.database = database;
    }

    Optional<Kept> find(String domain) {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(
                        "SELECT policy_id, policy, fetched FROM sts_policy WHERE domain = ?")) {
            query.setString(1, domain);
            try (var rows = query.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                var id = rows.getString(1);
                var fetched = rows.getTimestamp(3).toInstant();
                return StsPolicy.parse(rows.getString(2)).map(policy -> new Kept(id, policy, fetched));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the policy of a domain could not be read", e);
        }
    }

    /** What cannot be kept is fetched again after the next start. */
    void keep(String domain, Kept kept) {
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement("""
                        INSERT INTO sts_policy (domain, policy_id, policy, fetched, expires) VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT (domain) DO UPDATE SET policy_id = excluded.policy_id, policy = excluded.policy,
                            fetched = excluded.fetched, expires = excluded.expires""")) {
            insert.setString(1, domain);
            insert.setString(2, kept.id());
            insert.setString(3, String.join("\n", kept.policy().lines()));
            insert.setTimestamp(4, Timestamp.from(kept.fetched()));
            insert.setTimestamp(
                    5, Timestamp.from(kept.fetched().plus(kept.policy().maxAge())));
            insert.executeUpdate();
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.WARNING, "mta-sts status=not-kept", e);
        }
    }

    /** Those that are over say nothing any more. */
    int forgetExpired() throws SQLException {
        try (var connection = database.getConnection();
                var delete = connection.prepareStatement("DELETE FROM sts_policy WHERE expires < now()")) {
            return delete.executeUpdate();
        }
    }
}
