package org.mailroom.connector.relay;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.mailroom.contract.relay.Authorities;
import org.mailroom.contract.relay.DeliveryReport.Proof;
import org.mailroom.contract.relay.RelayTarget;
import org.mailroom.contract.relay.TlsDemand.Level;

/**
 * TLS towards other hosts.
 *
 * @param verifying trusts what the platform and the operator trust
 * @param unasking takes every certificate: against listeners in, not against impostors (RFC 7435); and for DANE, which looks at
 *     certificates in its own way
 */
record RelayTls(SSLContext verifying, SSLContext unasking) {
    static RelayTls of(Authorities authorities) {
        try {
            return verifyingWith(authorities.context());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no TLS with " + authorities, e);
        }
    }

    static RelayTls verifyingWith(SSLContext verifying) throws GeneralSecurityException {
        var unasking = SSLContext.getInstance("TLS");
        unasking.init(null, new TrustManager[] {new Anybody()}, null);
        return new RelayTls(verifying, unasking);
    }

    /** The client's end of TLS over a connected socket; the handshake is still to come. */
    SSLSocket over(Socket plain, RelayTarget target) throws IOException {
        var context = target.tls().level() == Level.VERIFIED ? verifying : unasking;
        // With the host's name SNI is sent (RFC 7672 §8.1 wants it).
        var socket = (SSLSocket) context.getSocketFactory().createSocket(plain, hostOf(target), plain.getPort(), true);
        socket.setUseClientMode(true);
        return socket;
    }

    /**
     * Who the other end proved to be, once the handshake is done and before anything is said.
     *
     * @throws IOException where it is not whom the target wants
     */
    Proof proof(SSLSession session, RelayTarget target) throws IOException {
        return switch (target.tls().level()) {
            case NEVER, OPPORTUNISTIC, ENCRYPTED -> Proof.NONE;
            case VERIFIED -> {
                CertificateNames.require(chain(session).getFirst(), namesOf(target));
                yield Proof.PKIX;
            }
            case DANE -> {
                new TlsaCheck(target.tls().records(), namesOf(target)).require(chain(session));
                yield Proof.DANE;
            }
        };
    }

    private static List<X509Certificate> chain(SSLSession session) throws SSLPeerUnverifiedException {
        return Arrays.stream(session.getPeerCertificates())
                .map(X509Certificate.class::cast)
                .toList();
    }

    private static List<String> namesOf(RelayTarget target) {
        return target.tls().names().isEmpty()
                ? List.of(hostOf(target))
                : target.tls().names();
    }

    /** A name from the DNS may end in a dot, which no certificate does. */
    private static String hostOf(RelayTarget target) {
        var host = target.host();
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    /** Asks nobody who they are. */
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
