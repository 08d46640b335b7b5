package org.mailroom.authenticity;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/** The keys with which our domains sign; those in use lie in memory, and are read again after a while. */
@ApplicationScoped
public class DkimKeys {
    private static final Duration AGE = Duration.ofSeconds(30);
    private static final int RSA_BITS = 2048;

    /** What comes before the 32 octets of an Ed25519 key, which are published alone. */
    private static final int ED25519_WRAPPING = 12;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    private final ReentrantLock reading = new ReentrantLock();
    private volatile Map<String, List<SigningKey>> active = Map.of();
    private volatile Instant readAt = Instant.MIN;

    /** A key's life. */
    public enum State {
        /** Made, and not used until its record can be seen in DNS. */
        NEW,
        ACTIVE,
        /** Signs no more; its record stays until what it signed has arrived. */
        RETIRED
    }

    /**
     * One key, without its secret half.
     *
     * @param record what the domain must publish at {@link #name}
     * @param since when the state was reached
     */
    public record Listed(
            String domain,
            String selector,
            Algorithm algorithm,
            State state,
            Instant created,
            Instant since,
            String record) {
        public String name() {
            return selector + "._domainkey." + domain;
        }
    }

    /** The keys in use of a domain or of one above it, by which its mail is aligned; none where it has none. */
    List<SigningKey> signing(String domain) {
        var keys = active();
        for (var name = domain;
                !name.isEmpty();
                name = name.indexOf('.') < 0 ? "" : name.substring(name.indexOf('.') + 1)) {
            var found = keys.get(name);
            if (found != null) {
                return found;
            }
        }
        return List.of();
    }

    /** Whether nobody signs at all. */
    boolean isEmpty() {
        return active().isEmpty();
    }

    private Map<String, List<SigningKey>> active() {
        if (readAt.plus(AGE).isBefore(Instant.now()) && reading.tryLock()) {
            try {
                active = read();
                readAt = Instant.now();
            } finally {
                reading.unlock();
            }
        }
        return active;
    }

    private void forget() {
        readAt = Instant.MIN;
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
                var algorithm = algorithm(rows.getString(3));
                var factory = KeyFactory.getInstance(algorithm == Algorithm.RSA ? "RSA" : "Ed25519");
                var key = factory.generatePrivate(new PKCS8EncodedKeySpec(rows.getBytes(4)));
                found.computeIfAbsent(rows.getString(1), first -> new ArrayList<>())
                        .add(new SigningKey(rows.getString(1), rows.getString(2), algorithm, key));
            }
            return found;
        } catch (SQLException | GeneralSecurityException e) {
            throw new IllegalStateException("the keys to sign with cannot be read", e);
        }
    }

    private static Algorithm algorithm(String tag) {
        return Algorithm.of(tag).orElseThrow(() -> new IllegalStateException("an unknown algorithm: " + tag));
    }

    /** All of a domain, the newest first. */
    public List<Listed> list(String domain) {
        var sql = """
                SELECT d.name, k.selector, k.algorithm, k.state, k.created, k.changed, k.public_key
                  FROM dkim_key k JOIN domain d ON d.id = k.domain_id WHERE d.name = ? ORDER BY k.id DESC""";
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, domain);
            var found = new ArrayList<Listed>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(listed(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("the keys of " + domain + " cannot be read", e);
        }
    }

    private static Listed listed(ResultSet rows) throws SQLException {
        var algorithm = algorithm(rows.getString(3));
        var record =
                "v=DKIM1; k=" + algorithm.kind() + "; p=" + Base64.getEncoder().encodeToString(rows.getBytes(7));
        return new Listed(
                rows.getString(1),
                rows.getString(2),
                algorithm,
                State.valueOf(rows.getString(4).toUpperCase(Locale.ROOT)),
                rows.getTimestamp(5).toInstant(),
                rows.getTimestamp(6).toInstant(),
                record);
    }

    /**
     * A new key, which does not sign yet. The selector has the date and the algorithm, and a letter where there were keys
     * that day already.
     */
    public String create(String domain, Algorithm algorithm) {
        var pair = pair(algorithm);
        var encoded = pair.getPublic().getEncoded();
        var published = algorithm == Algorithm.ED25519
                ? Arrays.copyOfRange(encoded, ED25519_WRAPPING, encoded.length)
                : encoded;
        var taken = list(domain).stream().map(Listed::selector).toList();
        var date = LocalDate.now(ZoneOffset.UTC).toString().replace("-", "");
        var first = "m" + date + (algorithm == Algorithm.RSA ? "r" : "e");
        var selector = first;
        for (int i = 2; taken.contains(selector); i++) {
            selector = first + i;
        }
        update(
                "INSERT INTO dkim_key (domain_id, selector, algorithm, private_key, public_key)"
                        + " SELECT id, ?, ?, ?, ? FROM domain WHERE name = ?",
                selector,
                algorithm.tag(),
                pair.getPrivate().getEncoded(),
                published,
                domain);
        return selector;
    }

    private static KeyPair pair(Algorithm algorithm) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm == Algorithm.RSA ? "RSA" : "Ed25519");
            if (algorithm == Algorithm.RSA) {
                generator.initialize(RSA_BITS);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The key signs from now on, and those of its algorithm that did before retire. */
    public void activate(String domain, Listed key) {
        update(
                "UPDATE dkim_key SET state = 'retired', changed = now() WHERE state = 'active' AND algorithm = ?"
                        + " AND domain_id = (SELECT id FROM domain WHERE name = ?)",
                key.algorithm().tag(),
                domain);
        state(domain, key.selector(), State.ACTIVE);
    }

    public void retire(String domain, String selector) {
        state(domain, selector, State.RETIRED);
    }

    private void state(String domain, String selector, State state) {
        update(
                "UPDATE dkim_key SET state = ?, changed = now() WHERE selector = ?"
                        + " AND domain_id = (SELECT id FROM domain WHERE name = ?)",
                state.name().toLowerCase(Locale.ROOT),
                selector,
                domain);
    }

    public void remove(String domain, String selector) {
        update(
                "DELETE FROM dkim_key WHERE selector = ? AND domain_id = (SELECT id FROM domain WHERE name = ?)",
                selector,
                domain);
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
        forget();
    }
}
