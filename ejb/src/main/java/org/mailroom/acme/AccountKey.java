package org.mailroom.acme;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Keys of P-256, and the one by which an authority knows us as one line of text: its two halves in Base64, with a dot between. */
final class AccountKey {
    private AccountKey() {}

    static KeyPair make() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has EC keys", e);
        }
    }

    static String text(KeyPair pair) {
        var encoder = Base64.getEncoder();
        return encoder.encodeToString(pair.getPrivate().getEncoded()) + "."
                + encoder.encodeToString(pair.getPublic().getEncoded());
    }

    static KeyPair parse(String text) {
        var halves = text.split("\\.", 2);
        var decoder = Base64.getDecoder();
        try {
            var factory = KeyFactory.getInstance("EC");
            return new KeyPair(
                    factory.generatePublic(new X509EncodedKeySpec(decoder.decode(halves[1]))),
                    factory.generatePrivate(new PKCS8EncodedKeySpec(decoder.decode(halves[0]))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key of the account at the authority is damaged", e);
        }
    }
}
