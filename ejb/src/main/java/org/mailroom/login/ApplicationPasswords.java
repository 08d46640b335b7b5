package org.mailroom.login;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;
import org.mailroom.directory.BadAddress;
import org.mailroom.directory.MailAddress;

/**
 * Passwords of programs, each for some protocols and perhaps for some time. They are made here with 128 bits, which nobody
 * guesses; so a digest is enough to keep, and a login costs one indexed row instead of an argon2 hash. They prove themselves by
 * PLAIN and LOGIN, USER and PASS; SCRAM is for the account's own password.
 */
@ApplicationScoped
public class ApplicationPasswords {
    /** What one may be for; {@code smtp} is submission. */
    public static final Set<String> SERVICES = Set.of("smtp", "imap", "pop3");

    public static final int MOST = 50;

    // The letters of generated passwords: 26 of these 31 are 128 bits.
    private static final String READABLE = "23456789abcdefghjkmnpqrstuvwxyz";
    private static final int LENGTH = 26;
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String FIND = """
            SELECT p.id, p.last_used IS NULL OR p.last_used < now() - interval '1 minute' OR p.last_client <> ?
              FROM application_password p JOIN account a ON a.id = p.account_id JOIN domain d ON d.id = a.domain_id
             WHERE p.digest = ? AND a.local_part = ? AND d.name = ? AND (p.expires IS NULL OR p.expires > now())
               AND ? = ANY(string_to_array(p.services, ' '))""";

    @PersistenceContext(unitName = "mail")
    private EntityManager entities;

    /** One, without its secret. */
    public record Listed(
            long id,
            String name,
            Set<String> services,
            Instant created,
            @Nullable Instant expires,
            @Nullable Instant lastUsed,
            String lastClient) {
        public Listed {
            services = Set.copyOf(services);
        }
    }

    /** Those of an account, oldest first. */
    public List<Listed> of(AccountId account) {
        return entities.createQuery(
                        "SELECT p FROM ApplicationPassword p WHERE p.account = :account ORDER BY p.id",
                        ApplicationPassword.class)
                .setParameter("account", account.value())
                .getResultStream()
                .map(ApplicationPassword::listed)
                .toList();
    }

    /** Makes one in the caller's transaction; the answer is the only place where it can be read. */
    public String add(AccountId account, String name, Set<String> services, @Nullable Instant expires) {
        var secret = RANDOM.ints(LENGTH, 0, READABLE.length())
                .collect(StringBuilder::new, (text, i) -> text.append(READABLE.charAt(i)), StringBuilder::append)
                .toString();
        entities.persist(new ApplicationPassword(account, name, digest(secret), services, expires));
        entities.flush();
        return secret;
    }

    /** False where the account has no such. */
    public boolean remove(AccountId account, long id) {
        return entities.createQuery("DELETE FROM ApplicationPassword p WHERE p.account = :account AND p.id = :id")
                        .setParameter("account", account.value())
                        .setParameter("id", id)
                        .executeUpdate()
                > 0;
    }

    /** Whether it is one for the service, of an account that may be disabled; its use is noted, to the minute. */
    static boolean proves(DataSource database, String client, String service, String name, String password)
            throws SQLException {
        var address = looksLikeOne(password) ? parsed(name) : Optional.<MailAddress>empty();
        if (address.isEmpty()) {
            return false;
        }
        try (var connection = database.getConnection();
                var find = connection.prepareStatement(FIND)) {
            find.setString(1, client);
            find.setBytes(2, digest(password));
            find.setString(3, address.get().key());
            find.setString(4, address.get().domain());
            find.setString(5, service);
            try (var row = find.executeQuery()) {
                if (!row.next()) {
                    return false;
                }
                if (row.getBoolean(2)) {
                    try (var use = connection.prepareStatement(
                            "UPDATE application_password SET last_used = now(), last_client = ? WHERE id = ?")) {
                        use.setString(1, client);
                        use.setLong(2, row.getLong(1));
                        use.executeUpdate();
                    }
                }
                return true;
            }
        }
    }

    private static boolean looksLikeOne(String password) {
        return password.length() == LENGTH && password.chars().allMatch(letter -> READABLE.indexOf(letter) >= 0);
    }

    private static Optional<MailAddress> parsed(String name) {
        try {
            return Optional.of(MailAddress.parse(name));
        } catch (BadAddress e) {
            return Optional.empty();
        }
    }

    private static byte[] digest(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
