package org.mailroom.login;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;
import org.mailroom.directory.BadAddress;
import org.mailroom.directory.MailAddress;
import org.mailroom.directory.Secret;

/**
 * What an account is checked against, read fresh at every login: one indexed row, and so a changed password or a disabled
 * account counts at once on every node.
 *
 * @param elsewhere whether a directory of others judges the password
 */
record Credentials(
        AccountId account,
        String address,
        boolean enabled,
        boolean elsewhere,
        @Nullable String verifier,
        Secret.@Nullable Scram scram) {
    private static final String SQL = """
            SELECT account.id, account.local_part, domain.name, account.enabled, account.verifier,
                   account.scram_salt, account.scram_iterations, account.scram_stored_key, account.scram_server_key,
                   account_source.account_id IS NOT NULL
              FROM account JOIN domain ON domain.id = account.domain_id
              LEFT JOIN account_source ON account_source.account_id = account.id
             WHERE account.local_part = ? AND domain.name = ?""";

    /** By the account's own address; aliases do not log in. */
    static Optional<Credentials> find(DataSource database, String name) throws SQLException {
        MailAddress address;
        try {
            address = MailAddress.parse(name);
        } catch (BadAddress e) {
            return Optional.empty();
        }
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(SQL)) {
            statement.setString(1, address.key());
            statement.setString(2, address.domain());
            try (var row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                var canonical = new MailAddress(row.getString(2), row.getString(3)).toString();
                return Optional.of(new Credentials(
                        new AccountId(row.getLong(1)),
                        canonical,
                        row.getBoolean(4),
                        row.getBoolean(10),
                        row.getString(5),
                        scram(row)));
            }
        }
    }

    private static Secret.@Nullable Scram scram(ResultSet row) throws SQLException {
        var salt = row.getBytes(6);
        var storedKey = row.getBytes(8);
        var serverKey = row.getBytes(9);
        return salt == null || storedKey == null || serverKey == null
                ? null
                : new Secret.Scram(salt, row.getInt(7), storedKey, serverKey);
    }
}
