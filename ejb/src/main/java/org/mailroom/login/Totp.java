package org.mailroom.login;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Passwords that hold for half a minute (RFC 6238), as every authenticator app makes them: HMAC-SHA-1, six digits. */
final class Totp {
    static final int SECONDS = 30;
    static final int DIGITS = 6;

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Totp() {}

    /** The half minute in which a time lies. */
    static long step(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), (long) SECONDS);
    }

    /** RFC 4226 §5.3. */
    static String code(byte[] secret, long step) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            var hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = hash[hash.length - 1] & 0xF;
            int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7FFF_FFFF;
            return String.format(Locale.ROOT, "%0" + DIGITS + "d", number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-1", e);
        }
    }

    /** Base32 without padding (RFC 4648 §6), which people type where they cannot scan. */
    static String base32(byte[] octets) {
        var text = new StringBuilder();
        int kept = 0;
        int bits = 0;
        for (var octet : octets) {
            kept = kept << 8 | octet & 0xFF;
            for (bits += 8; bits >= 5; bits -= 5) {
                text.append(LETTERS.charAt(kept >> bits - 5 & 31));
            }
            kept &= (1 << bits) - 1;
        }
        return bits == 0
                ? text.toString()
                : text.append(LETTERS.charAt(kept << 5 - bits & 31)).toString();
    }
}
