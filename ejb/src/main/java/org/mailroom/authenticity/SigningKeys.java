package org.mailroom.authenticity;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The keys that sign now; a change, on whichever node, is seen within seconds. */
@ApplicationScoped
public class SigningKeys {
    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    private final Recent<Map<String, List<SigningKey>>> active;

    public SigningKeys() {
        active = new Recent<>(Recent.AGE, this::read);
    }

    SigningKeys(DataSource database, Duration age) {
        this.database = database;
        active = new Recent<>(age, this::read);
    }

    /** Whether nobody signs at all. */
    boolean isEmpty() {
        return active.get().isEmpty();
    }

    /** Those of a domain or of one above it, by which its mail is aligned; RSA first. */
    List<SigningKey> of(String domain) {
        var keys = active.get();
        for (var name = domain; !name.isEmpty(); name = parent(name)) {
            var found = keys.get(name);
            if (found != null) {
                return found;
            }
        }
        return List.of();
    }

    private static String parent(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1);
    }

    private Map<String, List<SigningKey>> read() {
        var sql = """
                SELECT d.name, k.selector, k.algorithm, k.private_key FROM dkim_key k JOIN domain d ON d.id = k.domain_id
                 WHERE k.state = 'active' ORDER BY k.algorithm DESC, k.id DESC""";
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql);
                var rows = statement.executeQuery()) {
            var found = new HashMap<String, List<SigningKey>>();
            while (rows.next()) {
                var algorithm = Algorithm.ofTag(rows.getString(3));
                var key = KeyFactory.getInstance(algorithm.family())
                        .generatePrivate(new PKCS8EncodedKeySpec(rows.getBytes(4)));
                found.computeIfAbsent(rows.getString(1), first -> new ArrayList<>())
                        .add(new SigningKey(rows.getString(1), rows.getString(2), algorithm, key));
            }
            return found;
        } catch (SQLException | GeneralSecurityException e) {
            throw new IllegalStateException("the keys to sign with cannot be read", e);
        }
    }
}
