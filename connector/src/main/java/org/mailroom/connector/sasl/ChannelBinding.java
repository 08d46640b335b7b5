package org.mailroom.connector.sasl;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/** What ties an exchange to its TLS connection, so that nobody in between can pass it on. */
final class ChannelBinding {
    private static final int LENGTH = 32;

    private ChannelBinding() {}

    /** The data of a binding type; empty where this connection has none of that type. */
    static Optional<byte[]> of(SSLSession session, String type) {
        try {
            return switch (type) {
                case "tls-exporter" -> exporter(session);
                case "tls-server-end-point" -> serverEndPoint(session);
                default -> Optional.empty();
            };
        } catch (GeneralSecurityException | SSLException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /** RFC 9266 §2; before TLS 1.3 it would need the extended master secret, of which the JDK does not tell (§4.2). */
    private static Optional<byte[]> exporter(SSLSession session) throws SSLException {
        return session.getProtocol().equals("TLSv1.3") && session instanceof ExtendedSSLSession tls
                ? Optional.of(tls.exportKeyingMaterialData("EXPORTER-Channel-Binding", new byte[0], LENGTH))
                : Optional.empty();
    }

    /** RFC 5929 §4.1: the hash of the certificate's signature, but none weaker than SHA-256. */
    private static Optional<byte[]> serverEndPoint(SSLSession session) throws GeneralSecurityException {
        var chain = session.getLocalCertificates();
        if (chain == null || chain.length == 0 || !(chain[0] instanceof X509Certificate certificate)) {
            return Optional.empty();
        }
        var algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        var hash = algorithm.startsWith("SHA384") ? "SHA-384" : algorithm.startsWith("SHA512") ? "SHA-512" : "SHA-256";
        return Optional.of(MessageDigest.getInstance(hash).digest(certificate.getEncoded()));
    }
}
