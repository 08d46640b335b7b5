package org.mailroom.login;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.config.Secrets;
import org.mailroom.contract.AccountId;

/**
 * What the console asks beside the password: a code that an app makes of a secret which we share (RFC 6238), or one of ten codes
 * on paper. A code serves once, also where two nodes are asked in the same moment.
 */
@ApplicationScoped
public class SecondFactors {
    /** RFC 4226 §4 R6 */
    private static final int SECRET = 20;

    private static final int RECOVERY_CODES = 10;
    private static final int RECOVERY_LETTERS = 16;
    private static final String READABLE = "23456789abcdefghjkmnpqrstuvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Half minutes by which a clock may be wrong (RFC 6238 §5.2). */
    private static final int DRIFT = 1;

    @PersistenceContext(unitName = "mail")
    private EntityManager entities;

    @Inject
    private Secrets secrets = new Secrets();

    private InstantSource clock = InstantSource.system();

    /** For tests. */
    SecondFactors at(InstantSource time) {
        clock = time;
        return this;
    }

    /**
     * How it stands with an account.
     *
     * @param since null: it is not asked
     * @param offered whether a secret waits for its first code
     */
    public record Standing(@Nullable Instant since, boolean offered, int recoveryCodes) {}

    public Standing of(AccountId account) {
        return find(account)
                .map(one -> new Standing(one.confirmed(), one.confirmed() == null, one.recoveryCodesLeft()))
                .orElse(new Standing(null, false, 0));
    }

    /** The secret that waits for its first code, in base32. */
    public Optional<String> offered(AccountId account) {
        return find(account).filter(one -> one.confirmed() == null).map(one -> Totp.base32(open(account, one)));
    }

    /** Makes a secret that replaces one that waits; does nothing where a second factor is asked already. */
    public void offer(AccountId account) {
        var secret = new byte[SECRET];
        RANDOM.nextBytes(secret);
        var sealed = secrets.seal(place(account), Base64.getEncoder().encodeToString(secret));
        find(account)
                .ifPresentOrElse(
                        one -> {
                            if (one.confirmed() == null) {
                                one.offer(sealed);
                            }
                        },
                        () -> entities.persist(new SecondFactor(account, sealed)));
        entities.flush();
    }

    /** From a right code on it is asked at each login. The answer holds the recovery codes; it is empty where the code is wrong. */
    public List<String> confirm(AccountId account, String code) {
        var waiting = find(account).filter(one -> one.confirmed() == null);
        if (waiting.isEmpty()) {
            return List.of();
        }
        var step = step(open(account, waiting.get()), tidy(code), clock.instant());
        if (step.isEmpty()) {
            return List.of();
        }
        waiting.get().confirm(clock.instant(), step.getAsLong());
        return renew(account);
    }

    /** New recovery codes; those from before serve no more. */
    public List<String> renew(AccountId account) {
        var codes = Stream.generate(SecondFactors::recoveryCode)
                .limit(RECOVERY_CODES)
                .toList();
        find(account)
                .ifPresent(one -> one.recoveryCodes(codes.stream()
                        .map(code -> digest(code.replace("-", "")))
                        .toList()));
        entities.flush();
        return codes;
    }

    /** False where there was none. */
    public boolean remove(AccountId account) {
        var known = find(account);
        known.ifPresent(entities::remove);
        entities.flush();
        return known.isPresent();
    }

    private Optional<SecondFactor> find(AccountId account) {
        return Optional.ofNullable(entities.find(SecondFactor.class, account.value()));
    }

    /** Whether one is asked of the account. */
    static boolean isAsked(DataSource database, AccountId account) throws SQLException {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(
                        "SELECT 1 FROM second_factor WHERE account_id = ? AND confirmed IS NOT NULL")) {
            select.setLong(1, account.value());
            try (var rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Whether the code is the device's of now, or a recovery code; then it is used up. */
    boolean proves(DataSource database, AccountId account, String typed) throws SQLException {
        var code = tidy(typed);
        try (var connection = database.getConnection()) {
            return code.length() == Totp.DIGITS
                    ? usesStep(connection, account, code)
                    : usesRecoveryCode(connection, account, code);
        }
    }

    private boolean usesStep(Connection connection, AccountId account, String code) throws SQLException {
        String sealed;
        try (var select = connection.prepareStatement(
                "SELECT secret FROM second_factor WHERE account_id = ? AND confirmed IS NOT NULL")) {
            select.setLong(1, account.value());
            try (var rows = select.executeQuery()) {
                if (!rows.next()) {
                    return false;
                }
                sealed = rows.getString(1);
            }
        }
        var step = step(opened(account, sealed), code, clock.instant());
        if (step.isEmpty()) {
            return false;
        }
        // RFC 6238 §5.2: not the second time.
        try (var use = connection.prepareStatement(
                "UPDATE second_factor SET last_step = ? WHERE account_id = ? AND last_step < ?")) {
            use.setLong(1, step.getAsLong());
            use.setLong(2, account.value());
            use.setLong(3, step.getAsLong());
            return use.executeUpdate() > 0;
        }
    }

    private static boolean usesRecoveryCode(Connection connection, AccountId account, String code) throws SQLException {
        try (var use = connection.prepareStatement("DELETE FROM recovery_code WHERE account_id = ? AND digest = ?")) {
            use.setLong(1, account.value());
            use.setString(2, digest(code));
            return use.executeUpdate() > 0;
        }
    }

    private static OptionalLong step(byte[] secret, String code, Instant now) {
        long middle = Totp.step(now);
        return LongStream.rangeClosed(middle - DRIFT, middle + DRIFT)
                .filter(step -> MessageDigest.isEqual(octets(Totp.code(secret, step)), octets(code)))
                .findFirst();
    }

    private byte[] open(AccountId account, SecondFactor one) {
        return opened(account, one.secret());
    }

    private byte[] opened(AccountId account, String sealed) {
        return Base64.getDecoder().decode(secrets.open(place(account), sealed));
    }

    private static String place(AccountId account) {
        return "second factor of account " + account.value();
    }

    /** People write codes in groups. */
    private static String tidy(String code) {
        return code.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
    }

    private static String recoveryCode() {
        var letters = RANDOM.ints(RECOVERY_LETTERS, 0, READABLE.length())
                .collect(StringBuilder::new, (text, i) -> text.append(READABLE.charAt(i)), StringBuilder::append);
        return letters.toString().replaceAll("(.{4})(?=.)", "$1-");
    }

    private static String digest(String code) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets(code)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
