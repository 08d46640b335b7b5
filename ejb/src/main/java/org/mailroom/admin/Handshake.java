package org.mailroom.admin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLSocket;
import org.mailroom.contract.wire.Wire;
import org.mailroom.dialogue.Looking;

/** Connects to a listener of ours as a client does, to see what it shows. Nothing is trusted and nothing is sent. */
final class Handshake {
    private static final int PATIENCE = 3_000;

    private Handshake() {}

    static CertificateInfo with(Wire.Listening listener) {
        int port = listener.address().getPort();
        try (var plain = new Socket()) {
            plain.connect(new InetSocketAddress(reachable(listener.address().getAddress()), port), PATIENCE);
            plain.setSoTimeout(PATIENCE);
            if (!listener.implicitTls()) {
                StartTls.ask(plain, listener.protocol());
            }
            var looking = new Looking();
            try (var tls =
                    (SSLSocket) looking.context().getSocketFactory().createSocket(plain, "localhost", port, true)) {
                tls.startHandshake();
                return info(listener, tls, looking.problem());
            }
        } catch (IOException | GeneralSecurityException e) {
            return CertificateInfo.failed(listener, String.valueOf(e.getMessage()));
        }
    }

    private static InetAddress reachable(InetAddress bound) {
        return bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
    }

    private static CertificateInfo info(Wire.Listening listener, SSLSocket tls, String distrust)
            throws IOException, GeneralSecurityException {
        var chain = tls.getSession().getPeerCertificates();
        var first = (X509Certificate) chain[0];
        return new CertificateInfo(
                listener.name(),
                listener.address().getPort(),
                listener.implicitTls(),
                tls.getSession().getProtocol() + " " + tls.getSession().getCipherSuite(),
                first.getSubjectX500Principal().getName(),
                names(first),
                first.getIssuerX500Principal().getName(),
                first.getNotBefore().toInstant(),
                first.getNotAfter().toInstant(),
                chain.length,
                tlsa(first),
                distrust,
                "");
    }

    /** The alternative names; empty where they cannot be read. */
    static List<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream().map(pair -> Objects.toString(pair.get(1))).toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    /** RFC 7672 §3.1.1: DANE-EE, the public key, SHA-256. */
    private static String tlsa(X509Certificate certificate) throws GeneralSecurityException {
        var digest = MessageDigest.getInstance("SHA-256")
                .digest(certificate.getPublicKey().getEncoded());
        return "3 1 1 " + HexFormat.of().formatHex(digest);
    }
}
