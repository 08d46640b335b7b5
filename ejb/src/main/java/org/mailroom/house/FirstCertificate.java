package org.mailroom.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.mailroom.contract.wire.WireSettings;

/**
 * A key and a certificate that it signs itself, so that TLS works from the first start. Made where both files are missing;
 * an operator puts real ones in their place, and the wire reads them when they change.
 */
final class FirstCertificate {
    private static final Logger LOG = System.getLogger(FirstCertificate.class.getName());

    // As long as clients of today accept, for those who never replace it and have told their client to trust it.
    private static final Duration VALID = Duration.ofDays(825);
    private static final AlgorithmIdentifier ECDSA = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    private static final int SERIAL_BITS = 120;

    private FirstCertificate() {}

    static void make(WireSettings.Tls tls, String hostname) {
        boolean certificate = Files.exists(tls.certificate());
        if (certificate && Files.exists(tls.privateKey())) {
            return;
        }
        if (certificate || Files.exists(tls.privateKey())) {
            throw new IllegalStateException("of the two files mail.tls.certificate=" + tls.certificate()
                    + " and mail.tls.private-key=" + tls.privateKey()
                    + " only one exists: put the other beside it, or remove"
                    + " both and have new ones made");
        }
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var keys = generator.generateKeyPair();
            write(tls.privateKey(), "PRIVATE KEY", keys.getPrivate().getEncoded(), "rw-------");
            write(tls.certificate(), "CERTIFICATE", certificate(keys, hostname, Instant.now()), "rw-r--r--");
            LOG.log(Level.INFO, "tls certificate={0} status=made, signed by itself", tls.certificate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has EC keys", e);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot make the first TLS certificate " + tls.certificate()
                            + ": let the server's user write there, or set mail.tls.certificate and mail.tls.private-key",
                    e);
        }
    }

    private static byte[] certificate(KeyPair keys, String hostname, Instant now)
            throws GeneralSecurityException, IOException {
        var name = new X500Name("CN=" + (hostname.length() > 64 ? "Mailroom" : hostname));
        var body = new V3TBSCertificateGenerator();
        body.setSerialNumber(new ASN1Integer(new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS)));
        body.setSignature(ECDSA);
        body.setIssuer(name);
        body.setSubject(name);
        // An hour back: clocks differ.
        body.setStartDate(new Time(Date.from(now.minus(Duration.ofHours(1)))));
        body.setEndDate(new Time(Date.from(now.plus(VALID))));
        body.setSubjectPublicKeyInfo(
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
        var extensions = new ExtensionsGenerator();
        extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        extensions.addExtension(Extension.subjectAlternativeName, false, names(hostname));
        body.setExtensions(extensions.generate());
        var signed = body.generateTBSCertificate();
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(signed.getEncoded(ASN1Encoding.DER));
        return new DERSequence(new ASN1Encodable[] {signed, ECDSA, new DERBitString(signature.sign())})
                .getEncoded(ASN1Encoding.DER);
    }

    /** RFC 6125: clients look here, not at the subject. Loopback too, where a first trial happens. */
    private static GeneralNames names(String hostname) {
        return new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, hostname),
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
            new GeneralName(GeneralName.iPAddress, "::1")
        });
    }

    private static void write(Path file, String label, byte[] content, String permissions) throws IOException {
        write(
                file,
                "-----BEGIN " + label + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                        + "\n-----END " + label + "-----\n",
                permissions);
    }

    /** A file that must not be there yet. */
    static void write(Path file, String pem, String permissions) throws IOException {
        var parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        // Born with its permissions: there is no moment at which others may read the key.
        Files.createFile(file, permissions(file, permissions));
        Files.write(file, pem.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
    }

    private static FileAttribute<?>[] permissions(Path file, String permissions) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
