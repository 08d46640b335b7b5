package org.mailroom.authenticity;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import org.mailroom.dns.Answer;
import org.mailroom.dns.Dns;

/**
 * A public key in DNS (RFC 6376 §3.6.1, RFC 8463 §4).
 *
 * @param key RSA or Ed25519
 * @param strict whether i= must have the very domain of d= (t=s)
 */
record KeyRecord(PublicKey key, boolean strict) {
    /** RFC 8301 §3.2. */
    private static final int SHORTEST_RSA = 1024;

    /** Why, where nothing is there. */
    static final String MISSING = "no key";

    private static final int LONGEST_RSA = 8192;
    private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

    /** The servers gave no answer: later they may. */
    static final class NoAnswerException extends Exception {
        private static final long serialVersionUID = 1L;

        NoAnswerException(String why) {
            super(why, null, false, false);
        }
    }

    static KeyRecord find(Dns dns, String selector, String domain) throws MalformedException, NoAnswerException {
        return switch (dns.texts(selector + "._domainkey." + domain)) {
            case Answer.Unknown<String> unknown -> throw new NoAnswerException(unknown.why());
            case Answer.None<String> _ -> throw new MalformedException(MISSING);
            case Answer.Found<String> found -> of(found.values());
        };
    }

    /** RFC 6376 §3.6.2.2: of several, none is defined to count; the first that makes sense does. */
    private static KeyRecord of(List<String> texts) throws MalformedException {
        var trouble = new MalformedException(MISSING);
        for (var text : texts) {
            try {
                return of(text);
            } catch (MalformedException e) {
                trouble = e;
            }
        }
        throw trouble;
    }

    static KeyRecord of(String text) throws MalformedException {
        var tags = TagList.of(text);
        if (!tags.find("v").orElse("DKIM1").equals("DKIM1")) {
            throw new MalformedException("a key of another version");
        }
        if (tags.find("p").orElse("x").isEmpty()) {
            throw new MalformedException("the key was revoked");
        }
        if (!tags.words("h", "sha256").contains("sha256")) {
            throw new MalformedException("the key is not for sha256");
        }
        var services = tags.words("s", "*");
        if (!services.contains("*") && !services.contains("email")) {
            throw new MalformedException("the key is not for mail");
        }
        return new KeyRecord(key(tags), tags.words("t", "").contains("s"));
    }

    private static PublicKey key(TagList tags) throws MalformedException {
        var octets = tags.octets("p");
        try {
            return switch (tags.word("k", "rsa")) {
                case "rsa" -> rsa(octets);
                case "ed25519" -> ed25519(octets);
                default -> throw new MalformedException("a key of an unknown kind");
            };
        } catch (GeneralSecurityException e) {
            throw new MalformedException("a key that makes no sense");
        }
    }

    private static PublicKey rsa(byte[] octets) throws GeneralSecurityException, MalformedException {
        var key = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(octets));
        int bits = key.getModulus().bitLength();
        if (bits < SHORTEST_RSA || bits > LONGEST_RSA) {
            throw new MalformedException("a key of " + bits + " bits");
        }
        return key;
    }

    /** The 32 octets, without the wrapping that RSA keys have. */
    private static PublicKey ed25519(byte[] octets) throws GeneralSecurityException, MalformedException {
        if (octets.length != 32) {
            throw new MalformedException("a key that makes no sense");
        }
        var wrapped = new byte[ED25519.length + octets.length];
        System.arraycopy(ED25519, 0, wrapped, 0, ED25519.length);
        System.arraycopy(octets, 0, wrapped, ED25519.length, octets.length);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(wrapped));
    }
}
