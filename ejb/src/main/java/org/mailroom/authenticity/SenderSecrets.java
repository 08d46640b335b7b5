package org.mailroom.authenticity;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What signs rewritten senders. Outside of the caller's transaction: a secret that was used must not be rolled back. */
@Stateless
public class SenderSecrets {
    private static final int OCTETS = 32;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    /** The newest first. The first call of all makes one, on whichever node. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public List<byte[]> load() {
        var fresh = new byte[OCTETS];
        new SecureRandom().nextBytes(fresh);
        var first = """
                INSERT INTO sender_secret (id, secret) OVERRIDING SYSTEM VALUE
                SELECT 0, ? WHERE NOT EXISTS (SELECT 1 FROM sender_secret) ON CONFLICT (id) DO NOTHING""";
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(first);
                var select = connection.prepareStatement("SELECT secret FROM sender_secret ORDER BY id DESC")) {
            insert.setBytes(1, fresh);
            insert.executeUpdate();
            var secrets = new ArrayList<byte[]>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    secrets.add(rows.getBytes(1));
                }
            }
            return secrets;
        } catch (SQLException e) {
            throw new IllegalStateException("the secrets of rewritten senders cannot be read", e);
        }
    }
}
