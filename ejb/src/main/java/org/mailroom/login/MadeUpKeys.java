package org.mailroom.login;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Arrays;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.login.Logins.ScramHash;
import org.mailroom.directory.Secret;

/**
 * Keys of SCRAM for names that nobody has: of the same form as true ones, and the same each time from every node, so that
 * nobody learns by asking which accounts exist (RFC 5802 §9). No password fits them.
 */
final class MadeUpKeys {
    private static final int SECRET = 32;
    private static final int SALT = 16;

    private volatile byte @Nullable [] secret;

    /** @param who the name, the same however it is written */
    Secret.Scram keys(DataSource database, ScramHash hash, String who) throws SQLException {
        var key = secret;
        if (key == null) {
            key = read(database);
            secret = key;
        }
        var of = hash + " " + who;
        return new Secret.Scram(
                Arrays.copyOf(derive(key, "salt " + of), SALT),
                ScramKeys.ITERATIONS,
                derive(key, "stored " + of),
                derive(key, "server " + of));
    }

    private static byte[] derive(byte[] key, String text) {
        try {
            return ScramKeys.hmac(ScramHash.SHA_256, key, text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }

    /** The first node makes it. */
    private static byte[] read(DataSource database) throws SQLException {
        var fresh = new byte[SECRET];
        new SecureRandom().nextBytes(fresh);
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(
                        "INSERT INTO login_secret (secret) VALUES (?) ON CONFLICT DO NOTHING");
                var query = connection.prepareStatement("SELECT secret FROM login_secret")) {
            insert.setBytes(1, fresh);
            insert.executeUpdate();
            try (var row = query.executeQuery()) {
                row.next();
                return row.getBytes(1);
            }
        }
    }
}
