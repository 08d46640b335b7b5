package org.mailroom.login;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.mailroom.contract.login.Logins.ScramHash;
import org.mailroom.directory.Secret;

/**
 * The server's side of SCRAM (RFC 5802 §3): of SCRAM-SHA-256 (RFC 7677) made whenever a password is set, so that nobody has
 * to be asked for his password again; of SCRAM-SHA-1 only where that is offered.
 */
final class ScramKeys {
    /** RFC 7677 §4 asks for at least 4096; the client pays as much at each login, and phones are clients. */
    static final int ITERATIONS = 16_384;

    private static final int SALT = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private ScramKeys() {}

    /** @param prepared the password after SASLprep, not empty */
    static Secret.Scram of(ScramHash hash, String prepared) {
        var salt = new byte[SALT];
        RANDOM.nextBytes(salt);
        return of(hash, prepared, salt, ITERATIONS);
    }

    static Secret.Scram of(ScramHash hash, String prepared, byte[] salt, int iterations) {
        try {
            // Hi() of RFC 5802 is PBKDF2 with one block; the JDK encodes the characters in UTF-8.
            var spec = new PBEKeySpec(prepared.toCharArray(), salt, iterations, 8 * length(hash));
            var salted = SecretKeyFactory.getInstance("PBKDF2With" + hmac(hash))
                    .generateSecret(spec)
                    .getEncoded();
            spec.clearPassword();
            var clientKey = hmac(hash, salted, "Client Key");
            return new Secret.Scram(salt, iterations, digest(hash, clientKey), hmac(hash, salted, "Server Key"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has them", e);
        }
    }

    /** RFC 5802 §3: whether whoever made the proof has the key of which we keep the hash. */
    static boolean proves(ScramHash hash, Secret.Scram keys, byte[] authMessage, byte[] clientProof) {
        try {
            var clientKey = hmac(hash, keys.storedKey(), authMessage);
            if (clientKey.length != clientProof.length) {
                return false;
            }
            for (int i = 0; i < clientKey.length; i++) {
                clientKey[i] ^= clientProof[i];
            }
            return MessageDigest.isEqual(digest(hash, clientKey), keys.storedKey());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has them", e);
        }
    }

    /** With which the server proves that it knows the account. */
    static byte[] signature(ScramHash hash, Secret.Scram keys, byte[] authMessage) {
        try {
            return hmac(hash, keys.serverKey(), authMessage);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has them", e);
        }
    }

    private static int length(ScramHash hash) {
        return switch (hash) {
            case SHA_256 -> 32;
            case SHA_1 -> 20;
        };
    }

    private static String hmac(ScramHash hash) {
        return switch (hash) {
            case SHA_256 -> "HmacSHA256";
            case SHA_1 -> "HmacSHA1";
        };
    }

    private static byte[] digest(ScramHash hash, byte[] octets) throws GeneralSecurityException {
        return MessageDigest.getInstance(
                        switch (hash) {
                            case SHA_256 -> "SHA-256";
                            case SHA_1 -> "SHA-1";
                        })
                .digest(octets);
    }

    private static byte[] hmac(ScramHash hash, byte[] key, String text) throws GeneralSecurityException {
        return hmac(hash, key, text.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] hmac(ScramHash hash, byte[] key, byte[] text) throws GeneralSecurityException {
        var mac = Mac.getInstance(hmac(hash));
        mac.init(new SecretKeySpec(key, mac.getAlgorithm()));
        return mac.doFinal(text);
    }
}
