package org.mailroom;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority that nobody else trusts, and certificates that it gives to servers. */
public final class TestAuthority {
    private static final X500Name NAME = new X500Name("CN=authority");
    private static final char[] PASSWORD = "for tests".toCharArray();
    private static final Duration LIFE = Duration.ofDays(2);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;
    private final KeyPair keys;
    private final X509Certificate own;

    public TestAuthority() throws IOException {
        folder = Files.createTempDirectory("authority");
        keys = keys("EC", 256);
        var wanted = wanted(NAME, keys.getPublic())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        own = signed(wanted);
        Files.writeString(certificate(), pem("CERTIFICATE", encoded(own)));
    }

    /** Its own certificate, in PEM. */
    public Path certificate() {
        return folder.resolve("authority.pem");
    }

    /**
     * What a server shows.
     *
     * @param certificate in PEM
     * @param key in PEM (PKCS #8), which nobody but its owner may read
     */
    public record Card(Path certificate, Path key, SSLContext context) {}

    /** @param names as in a certificate's alternative names, separated by commas: {@code dns:localhost}, {@code ip:127.0.0.1} */
    public Card card(String names) throws IOException {
        var of = names.replaceAll("[^a-z0-9.]", "-");
        // GnuTLS, which Debian's servers use, reads no EC key in the form in which the JDK writes it.
        var pair = keys("RSA", 2048);
        var alternatives = Stream.of(names.split(",")).map(TestAuthority::name).toArray(GeneralName[]::new);
        var wanted = wanted(new X500Name("CN=server"), pair.getPublic())
                .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
        var made = signed(wanted);
        var certificate = Files.writeString(folder.resolve(of + ".pem"), pem("CERTIFICATE", encoded(made)));
        var key = Files.writeString(
                folder.resolve(of + "-key.pem"),
                pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        return new Card(certificate, key, context(pair, made, own));
    }

    private static GeneralName name(String name) {
        var parts = name.split(":", 2);
        return switch (parts[0].toLowerCase(Locale.ROOT)) {
            case "dns" -> new GeneralName(GeneralName.dNSName, parts[1]);
            case "ip" -> new GeneralName(GeneralName.iPAddress, parts[1]);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static KeyPair keys(String algorithm, int size) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509v3CertificateBuilder wanted(X500Name subject, PublicKey key) {
        // Clocks of a machine agree to a second or so.
        var begin = Instant.now().minusSeconds(60);
        return new JcaX509v3CertificateBuilder(
                NAME, new BigInteger(63, RANDOM), Date.from(begin), Date.from(begin.plus(LIFE)), subject, key);
    }

    private X509Certificate signed(X509v3CertificateBuilder wanted) {
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(wanted.build(signer));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encoded(Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String kind, byte[] octets) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets)
                + "\n-----END " + kind + "-----\n";
    }

    private static SSLContext context(KeyPair pair, Certificate... chain) throws IOException {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, PASSWORD);
            store.setKeyEntry("server", pair.getPrivate(), PASSWORD, chain);
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, PASSWORD);
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
