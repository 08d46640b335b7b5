package org.mailroom.admin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.mailroom.admin.AdminException.Kind;

/**
 * A chain of certificates and the private key of its first, as authorities hand them out (PEM, RFC 7468): put in order, and
 * checked before any client is shown them.
 */
record PemPair(List<X509Certificate> chain, PrivateKey key) {
    private static final int LONGEST = 100_000;
    private static final int MOST = 10;
    private static final int SHORTEST_RSA = 2048;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END [A-Z0-9 ]{1,40}-----");

    private record Block(String label, byte[] octets) {}

    /**
     * @param certificates in any order; what leads to the authority may be missing
     * @param key PKCS #8, or as OpenSSL wrote RSA and EC keys before; it may stand among the certificates, too
     */
    static PemPair parse(String certificates, String key, Instant now) throws AdminException {
        if (certificates.length() + key.length() > LONGEST) {
            throw invalid("Certificates and key are at most " + LONGEST + " characters");
        }
        var blocks = blocks(certificates + "\n" + key);
        var found = certificates(blocks);
        var secret = key(blocks);
        var chain = chain(found, secret);
        check(chain, now);
        return new PemPair(chain, secret);
    }

    private static List<Block> blocks(String text) throws AdminException {
        var blocks = new ArrayList<Block>();
        var matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            // RFC 1421 lines before the data say that a key is encrypted.
            if (matcher.group(2).contains(":") || matcher.group(1).startsWith("ENCRYPTED")) {
                throw invalid("The private key is encrypted; decrypt it first: openssl pkey -in key.pem");
            }
            try {
                blocks.add(new Block(matcher.group(1), Base64.getMimeDecoder().decode(matcher.group(2))));
            } catch (IllegalArgumentException e) {
                throw invalid("The block " + matcher.group(1) + " is damaged");
            }
        }
        return blocks;
    }

    private static List<X509Certificate> certificates(List<Block> blocks) throws AdminException {
        var found = new ArrayList<X509Certificate>();
        for (var block : blocks) {
            if (block.label.equals("CERTIFICATE")) {
                found.add(certificate(block.octets));
            }
        }
        if (found.isEmpty() || found.size() > MOST) {
            throw invalid(
                    found.isEmpty()
                            ? "There is no certificate: it begins with -----BEGIN CERTIFICATE-----"
                            : "There are more than " + MOST + " certificates");
        }
        return found.stream().distinct().toList();
    }

    private static X509Certificate certificate(byte[] octets) throws AdminException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(octets));
        } catch (GeneralSecurityException e) {
            throw invalid("A certificate is damaged");
        }
    }

    private static PrivateKey key(List<Block> blocks) throws AdminException {
        var keys = blocks.stream()
                .filter(block -> block.label.endsWith("PRIVATE KEY"))
                .toList();
        if (keys.size() != 1) {
            throw invalid(
                    keys.isEmpty()
                            ? "There is no private key: it begins with -----BEGIN PRIVATE KEY-----"
                            : "There is more than one private key");
        }
        try {
            return key(keys.getFirst());
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            // What the libraries say of it could hold some of the key.
            throw invalid("The private key is damaged, or neither of RSA nor of an elliptic curve");
        }
    }

    private static PrivateKey key(Block block) throws GeneralSecurityException, IOException {
        var info = switch (block.label) {
            case "RSA PRIVATE KEY" ->
                new PrivateKeyInfo(
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                        ASN1Sequence.getInstance(block.octets));
            case "EC PRIVATE KEY" -> {
                var key = ECPrivateKey.getInstance(ASN1Sequence.getInstance(block.octets));
                yield new PrivateKeyInfo(
                        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()), key);
            }
            default -> PrivateKeyInfo.getInstance(block.octets);
        };
        var kind =
                info.getPrivateKeyAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey) ? "EC" : "RSA";
        return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    }

    /** The certificate of the key first, each followed by the one that signed it (RFC 8446 §4.4.2). */
    private static List<X509Certificate> chain(List<X509Certificate> found, PrivateKey key) throws AdminException {
        var left = new ArrayList<>(found);
        var chain = new ArrayList<X509Certificate>();
        chain.add(left.stream()
                .filter(one -> belong(one.getPublicKey(), key))
                .findFirst()
                .orElseThrow(() -> invalid("The private key belongs to none of the certificates")));
        left.removeAll(chain);
        while (!left.isEmpty()) {
            var last = chain.getLast();
            var issuer = left.stream()
                    .filter(one -> signed(one, last))
                    .findFirst()
                    .orElseThrow(() -> invalid("The certificate of " + name(left.getFirst())
                            + " does not belong into the chain of " + name(chain.getFirst())));
            chain.add(issuer);
            left.remove(issuer);
        }
        return List.copyOf(chain);
    }

    private static boolean belong(PublicKey open, PrivateKey key) {
        try {
            var way = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
            var signing = Signature.getInstance(way);
            signing.initSign(key);
            signing.update((byte) 1);
            var judge = Signature.getInstance(way);
            judge.initVerify(open);
            judge.update((byte) 1);
            return judge.verify(signing.sign());
        } catch (GeneralSecurityException otherKind) {
            return false;
        }
    }

    private static boolean signed(X509Certificate issuer, X509Certificate certificate) {
        try {
            certificate.verify(issuer.getPublicKey());
            return issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
        } catch (GeneralSecurityException otherwise) {
            return false;
        }
    }

    private static void check(List<X509Certificate> chain, Instant now) throws AdminException {
        for (var one : chain) {
            if (one.getNotAfter().toInstant().isBefore(now)) {
                throw invalid("The certificate of " + name(one) + " ended at "
                        + one.getNotAfter().toInstant());
            }
            if (one.getNotBefore().toInstant().isAfter(now)) {
                throw invalid("The certificate of " + name(one) + " begins at "
                        + one.getNotBefore().toInstant());
            }
        }
        if (chain.getFirst().getPublicKey() instanceof RSAPublicKey key
                && key.getModulus().bitLength() < SHORTEST_RSA) {
            throw invalid("An RSA key has at least " + SHORTEST_RSA + " bits");
        }
        if (Handshake.names(chain.getFirst()).isEmpty()) {
            throw invalid("The certificate names no host: clients look among its alternative names only (RFC 9525)");
        }
    }

    private static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    List<String> names() {
        return Handshake.names(chain.getFirst());
    }

    /** Whether clients that connect to this name are content (RFC 9525 §6.3: a star stands for one label). */
    boolean covers(String hostname) {
        var parent = hostname.substring(hostname.indexOf('.') + 1);
        return names().stream()
                .anyMatch(name -> name.equalsIgnoreCase(hostname) || name.equalsIgnoreCase("*." + parent));
    }

    String chainPem() throws GeneralSecurityException {
        var text = new StringBuilder();
        for (var one : chain) {
            text.append(pem("CERTIFICATE", one.getEncoded()));
        }
        return text.toString();
    }

    String keyPem() {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    private static String pem(String label, byte[] octets) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(octets)
                + "\n-----END " + label + "-----\n";
    }

    private static AdminException invalid(String text) {
        return new AdminException(Kind.INVALID, text);
    }

    @Override
    public String toString() {
        return chain.stream().map(PemPair::name).collect(Collectors.joining(", ", "PemPair[", "]"));
    }
}
