package org.mailroom.authenticity;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.mailroom.dns.FakeDns;

/** Keys for tests, and their records. */
final class Keys {
    private static final byte[] PKCS8 = HexFormat.of().parseHex("30820000020100300d06092a864886f70d010101050004820000");

    private Keys() {}

    /** A key in the old form that PEM files have (PKCS #1). */
    static PrivateKey rsa(String pem) {
        var octets = Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]*-----", ""));
        var wrapped = Arrays.copyOf(PKCS8, PKCS8.length + octets.length);
        System.arraycopy(octets, 0, wrapped, PKCS8.length, octets.length);
        put(wrapped, 2, wrapped.length - 4);
        put(wrapped, PKCS8.length - 2, octets.length);
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(wrapped));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void put(byte[] octets, int at, int length) {
        octets[at] = (byte) (length >> 8);
        octets[at + 1] = (byte) length;
    }

    /** A new key, published in the zone. */
    static SigningKey published(FakeDns zone, String domain, String selector, Algorithm algorithm) {
        var pair = pair(algorithm);
        var octets = pair.getPublic().getEncoded();
        var data = algorithm == Algorithm.ED25519 ? Arrays.copyOfRange(octets, 12, octets.length) : octets;
        publish(zone, domain, selector, algorithm.kind(), Base64.getEncoder().encodeToString(data));
        return new SigningKey(domain, selector, algorithm, pair.getPrivate());
    }

    static void publish(FakeDns zone, String domain, String selector, String kind, String key) {
        txt(zone, selector + "._domainkey." + domain, "v=DKIM1; k=" + kind + "; p=" + key);
    }

    /** In strings of at most 255 octets. */
    static void txt(FakeDns zone, String name, String text) {
        var strings = text.replace("\\", "\\\\").replace("\"", "\\\"").split("(?<=\\G.{200})");
        zone.with(name + " TXT \"" + String.join("\" \"", strings) + "\"");
    }

    private static KeyPair pair(Algorithm algorithm) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm == Algorithm.RSA ? "RSA" : "Ed25519");
            if (algorithm == Algorithm.RSA) {
                generator.initialize(2048);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
