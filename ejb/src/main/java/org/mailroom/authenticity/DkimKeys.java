package org.mailroom.authenticity;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.mailroom.authenticity.DkimKey.State;

/** The keys of our domains as administration sees them, in the caller's transaction; {@link SigningKeys} signs with them. */
@ApplicationScoped
public class DkimKeys {
    private static final int RSA_BITS = 2048;

    /** What comes before the 32 octets of an Ed25519 key, which are published alone. */
    private static final int ED25519_WRAPPING = 12;

    private static final String SELECT = """
            SELECT d.name, k.selector, k.algorithm, k.state, k.created, k.changed, k.public_key
              FROM dkim_key k JOIN domain d ON d.id = k.domain_id\s""";

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    /** All of them, by domain, the newest first. */
    public List<DkimKey> all() {
        return select("ORDER BY d.name, k.id DESC");
    }

    /** Those of a domain, the newest first. */
    public List<DkimKey> of(String domain) {
        return select("WHERE d.name = ? ORDER BY k.id DESC", domain);
    }

    /** Those that wait until their record can be seen. */
    List<DkimKey> waiting() {
        return select("WHERE k.state = 'new' ORDER BY k.id");
    }

    public Optional<DkimKey> find(String domain, String selector) {
        return select("WHERE d.name = ? AND k.selector = ?", domain, selector).stream()
                .findFirst();
    }

    private List<DkimKey> select(String where, String... values) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(SELECT + where)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            var found = new ArrayList<DkimKey>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(key(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("the keys of domains cannot be read", e);
        }
    }

    private static DkimKey key(ResultSet row) throws SQLException {
        var algorithm = Algorithm.ofTag(row.getString(3));
        var published = Base64.getEncoder().encodeToString(row.getBytes(7));
        return new DkimKey(
                row.getString(1),
                row.getString(2),
                algorithm,
                State.valueOf(row.getString(4).toUpperCase(Locale.ROOT)),
                row.getTimestamp(5).toInstant(),
                row.getTimestamp(6).toInstant(),
                "v=DKIM1; k=" + algorithm.kind() + "; p=" + published);
    }

    /**
     * A new key, which does not sign yet. The selector has the date and the algorithm, and a number where there were keys
     * that day already.
     *
     * @return the selector
     */
    public String create(String domain, Algorithm algorithm) {
        var pair = pair(algorithm);
        var selector =
                selector(algorithm, of(domain).stream().map(DkimKey::selector).toList());
        update(
                "INSERT INTO dkim_key (domain_id, selector, algorithm, private_key, public_key)"
                        + " SELECT id, ?, ?, ?, ? FROM domain WHERE name = ?",
                selector,
                algorithm.tag(),
                pair.getPrivate().getEncoded(),
                published(algorithm, pair),
                domain);
        return selector;
    }

    private static String selector(Algorithm algorithm, List<String> taken) {
        var date = LocalDate.now(ZoneOffset.UTC).toString().replace("-", "");
        var first = "m" + date + algorithm.kind().charAt(0);
        var selector = first;
        for (int i = 2; taken.contains(selector); i++) {
            selector = first + i;
        }
        return selector;
    }

    private static KeyPair pair(Algorithm algorithm) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm.family());
            if (algorithm == Algorithm.RSA) {
                generator.initialize(RSA_BITS);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] published(Algorithm algorithm, KeyPair pair) {
        var encoded = pair.getPublic().getEncoded();
        return algorithm == Algorithm.ED25519 ? Arrays.copyOfRange(encoded, ED25519_WRAPPING, encoded.length) : encoded;
    }

    /** The key signs from now on, and the one of its algorithm that did before retires. */
    public void activate(DkimKey key) {
        update(
                "UPDATE dkim_key SET state = CASE selector WHEN ? THEN 'active' ELSE 'retired' END, changed = now()"
                        + " WHERE domain_id = (SELECT id FROM domain WHERE name = ?)"
                        + " AND (selector = ? OR algorithm = ? AND state = 'active')",
                key.selector(),
                key.domain(),
                key.selector(),
                key.algorithm().tag());
    }

    public void retire(DkimKey key) {
        update(
                "UPDATE dkim_key SET state = 'retired', changed = now() WHERE selector = ?"
                        + " AND domain_id = (SELECT id FROM domain WHERE name = ?)",
                key.selector(),
                key.domain());
    }

    public void remove(DkimKey key) {
        update(
                "DELETE FROM dkim_key WHERE selector = ? AND domain_id = (SELECT id FROM domain WHERE name = ?)",
                key.selector(),
                key.domain());
    }

    private void update(String sql, Object... values) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("keys cannot be written", e);
        }
    }
}
