package org.mailroom.login;

import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.mailroom.directory.Secret;

/**
 * Keys of SCRAM-SHA-1, for old clients and where it is offered only. They are made when an account logs in with its password,
 * and hold for the verifier of that password: who gets another must log in with it once.
 */
final class Sha1Keys {
    @FunctionalInterface
    interface Making {
        Optional<Secret.Scram> keys() throws Passwords.Busy;
    }

    /** Asks for strangers too, so that it takes as long. */
    Optional<Secret.Scram> find(DataSource database, Optional<Credentials> of) throws SQLException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(
                        "SELECT salt, iterations, stored_key, server_key FROM scram_sha1 WHERE account_id = ? AND verifier = ?")) {
            query.setLong(1, of.map(known -> known.account().value()).orElse(0L));
            query.setString(2, of.map(Credentials::verifier).orElse(""));
            try (var row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(
                                new Secret.Scram(row.getBytes(1), row.getInt(2), row.getBytes(3), row.getBytes(4)))
                        : Optional.empty();
            }
        }
    }

    /** Where there are none for this verifier. */
    void keep(DataSource database, Credentials of, Making making) throws SQLException, Passwords.Busy {
        if (of.verifier() == null || find(database, Optional.of(of)).isPresent()) {
            return;
        }
        var made = making.keys();
        if (made.isEmpty()) {
            return;
        }
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement("""
                        INSERT INTO scram_sha1 (account_id, verifier, salt, iterations, stored_key, server_key)
                        VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (account_id) DO UPDATE SET verifier = excluded.verifier,
                            salt = excluded.salt, iterations = excluded.iterations, stored_key = excluded.stored_key,
                            server_key = excluded.server_key""")) {
            insert.setLong(1, of.account().value());
            insert.setString(2, of.verifier());
            insert.setBytes(3, made.get().salt());
            insert.setInt(4, made.get().iterations());
            insert.setBytes(5, made.get().storedKey());
            insert.setBytes(6, made.get().serverKey());
            insert.executeUpdate();
        }
    }
}
