package org.mailroom.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106) in the PHC string form, {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}.
 *
 * @param memory in kB; 19 MiB and two passes take some 30 ms, which a login may cost and a guess should
 */
record Argon2(int memory, int passes, int lanes) {
    /** What new passwords get; verifiers made with other costs go on working. */
    static final Argon2 CURRENT = new Argon2(19456, 2, 1);

    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{16,86})");
    /** A verifier from elsewhere must not cost the server more than this, in kB. */
    private static final int MOST_MEMORY = 262_144;

    private static final int SALT = 16;
    private static final int HASH = 32;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

    /** The verifier of a password, with a salt of its own. */
    String verifier(String password) {
        var salt = new byte[SALT];
        RANDOM.nextBytes(salt);
        return "$argon2id$v=19$m=" + memory + ",t=" + passes + ",p=" + lanes + "$" + ENCODER.encodeToString(salt) + "$"
                + ENCODER.encodeToString(hash(password, salt, HASH));
    }

    /** Whether the password is the one of the verifier; false too where the verifier is none that we can read. */
    static boolean matches(String verifier, String password) {
        var parts = PHC.matcher(verifier);
        if (!parts.matches()) {
            return false;
        }
        var cost = new Argon2(
                Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
        if (cost.memory > MOST_MEMORY || cost.lanes == 0 || cost.passes == 0 || cost.memory < 8 * cost.lanes) {
            return false;
        }
        var expected = Base64.getDecoder().decode(parts.group(5));
        var salt = Base64.getDecoder().decode(parts.group(4));
        return MessageDigest.isEqual(expected, cost.hash(password, salt, expected.length));
    }

    private byte[] hash(String password, byte[] salt, int length) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memory)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        var hash = new byte[length];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }
}
