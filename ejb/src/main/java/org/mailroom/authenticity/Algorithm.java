package org.mailroom.authenticity;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Optional;

/** How a signature is made. RSA with SHA-1 is none any more (RFC 8301 §3.1). */
public enum Algorithm {
    RSA("rsa-sha256", "SHA256withRSA", "RSA"),
    /** Signs the hash, not the text (RFC 8463 §3). */
    ED25519("ed25519-sha256", "Ed25519", "EdDSA");

    private final String tag;
    private final String name;
    private final String key;

    Algorithm(String tag, String name, String key) {
        this.tag = tag;
        this.name = name;
        this.key = key;
    }

    /** As a= has it. */
    public String tag() {
        return tag;
    }

    /** As k= has it. */
    public String kind() {
        return tag.substring(0, tag.indexOf('-'));
    }

    /** As the JDK calls the keys. */
    String family() {
        return this == RSA ? "RSA" : "Ed25519";
    }

    /** By what {@link #kind} says. */
    public static Optional<Algorithm> ofKind(String kind) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.kind().equals(kind))
                .findFirst();
    }

    /** One that our own table names. */
    static Algorithm ofTag(String tag) {
        return of(tag).orElseThrow(() -> new IllegalStateException("an unknown algorithm: " + tag));
    }

    static Optional<Algorithm> of(String tag) {
        for (var algorithm : values()) {
            if (algorithm.tag.equals(tag)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    boolean verifies(PublicKey by, byte[] text, byte[] signature) {
        if (!by.getAlgorithm().equals(key)) {
            return false;
        }
        try {
            var verifier = Signature.getInstance(name);
            verifier.initVerify(by);
            verifier.update(input(text));
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // a signature of a wrong length
        }
    }

    byte[] sign(PrivateKey by, byte[] text) {
        try {
            var signer = Signature.getInstance(name);
            signer.initSign(by);
            signer.update(input(text));
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that does not sign: " + tag, e);
        }
    }

    private byte[] input(byte[] text) {
        return this == ED25519 ? BodyHash.sha256().digest(text) : text;
    }
}
