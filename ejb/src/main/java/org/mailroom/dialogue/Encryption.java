package org.mailroom.dialogue;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocket;

/** Begins TLS over a connection and tells what was agreed on and shown. */
final class Encryption {
    private static final int PATIENCE = 15_000;

    private Encryption() {}

    /** @param told what was found, line by line */
    static SSLSocket begin(Socket plain, String host, BiConsumer<Line.Kind, String> told) throws IOException {
        try {
            var looking = new Looking();
            var tls = (SSLSocket) looking.context().getSocketFactory().createSocket(plain, host, plain.getPort(), true);
            var parameters = tls.getSSLParameters();
            // RFC 9525: the name is compared as browsers do; a mismatch is told, not fatal.
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
            int before = plain.getSoTimeout();
            tls.setSoTimeout(PATIENCE);
            tls.startHandshake();
            tls.setSoTimeout(before);
            describe(tls, looking, told);
            return tls;
        } catch (SocketTimeoutException e) {
            throw new IOException("the handshake was not answered", e);
        } catch (GeneralSecurityException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void describe(SSLSocket tls, Looking looking, BiConsumer<Line.Kind, String> told)
            throws IOException, GeneralSecurityException {
        var session = tls.getSession();
        told.accept(Line.Kind.TLS, session.getProtocol() + " " + session.getCipherSuite());
        for (var certificate : session.getPeerCertificates()) {
            told.accept(Line.Kind.CERTIFICATE, words(certificate));
        }
        told.accept(looking.problem().isEmpty() ? Line.Kind.TRUSTED : Line.Kind.UNTRUSTED, looking.problem());
    }

    private static String words(Certificate certificate) throws GeneralSecurityException {
        if (!(certificate instanceof X509Certificate x509)) {
            return certificate.getType();
        }
        // RFC 7672 §3.1.1: DANE-EE, the public key, SHA-256.
        var tlsa =
                MessageDigest.getInstance("SHA-256").digest(x509.getPublicKey().getEncoded());
        return x509.getSubjectX500Principal().getName() + names(x509) + "; "
                + x509.getIssuerX500Principal().getName() + "; "
                + x509.getNotBefore().toInstant() + " – " + x509.getNotAfter().toInstant() + "; TLSA 3 1 1 "
                + HexFormat.of().formatHex(tlsa);
    }

    private static String names(X509Certificate certificate) throws CertificateParsingException {
        var names = certificate.getSubjectAlternativeNames();
        return names == null
                ? ""
                : names.stream()
                        .map(pair -> Objects.toString(pair.get(1)))
                        .collect(Collectors.joining(", ", " (", ")"));
    }
}
