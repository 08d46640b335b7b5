package org.mailroom.login;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.mailroom.directory.Secret;

/**
 * The server's side of SCRAM-SHA-256 (RFC 5802 §3, RFC 7677), made whenever a password is set, so that nobody has to be
 * asked for his password again.
 */
final class ScramKeys {
    /** RFC 7677 §4 asks for at least 4096; the client pays as much at each login, and phones are clients. */
    static final int ITERATIONS = 16_384;

    private static final int SALT = 16;
    private static final int KEY_BITS = 256;
    private static final SecureRandom RANDOM = new SecureRandom();

    private ScramKeys() {}

    /** @param prepared the password after SASLprep, not empty */
    static Secret.Scram of(String prepared) {
        var salt = new byte[SALT];
        RANDOM.nextBytes(salt);
        return of(prepared, salt, ITERATIONS);
    }

    static Secret.Scram of(String prepared, byte[] salt, int iterations) {
        try {
            // Hi() of RFC 5802 is PBKDF2 with one block; the JDK encodes the characters in UTF-8.
            var spec = new PBEKeySpec(prepared.toCharArray(), salt, iterations, KEY_BITS);
            var salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
            spec.clearPassword();
            var clientKey = hmac(salted, "Client Key");
            var storedKey = MessageDigest.getInstance("SHA-256").digest(clientKey);
            return new Secret.Scram(salt, iterations, storedKey, hmac(salted, "Server Key"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** RFC 5802 §3: whether whoever made the proof has the key of which we keep the hash. */
    static boolean proves(Secret.Scram keys, byte[] authMessage, byte[] clientProof) {
        try {
            var clientKey = hmac(keys.storedKey(), authMessage);
            if (clientKey.length != clientProof.length) {
                return false;
            }
            for (int i = 0; i < clientKey.length; i++) {
                clientKey[i] ^= clientProof[i];
            }
            return MessageDigest.isEqual(MessageDigest.getInstance("SHA-256").digest(clientKey), keys.storedKey());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** With which the server proves that it knows the account. */
    static byte[] signature(Secret.Scram keys, byte[] authMessage) {
        try {
            return hmac(keys.serverKey(), authMessage);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        return hmac(key, text.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text);
    }
}
