package org.mailroom.connector.relay;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.mailroom.contract.relay.RelayTarget;

/**
 * TLS towards other hosts.
 *
 * @param verifying trusts what the platform trusts
 * @param unasking takes every certificate: against listeners in, not against impostors (RFC 7435)
 */
record RelayTls(SSLContext verifying, SSLContext unasking) {
    static RelayTls ofPlatform() {
        try {
            return verifyingWith(SSLContext.getDefault());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no TLS on this platform", e);
        }
    }

    static RelayTls verifyingWith(SSLContext verifying) throws GeneralSecurityException {
        var unasking = SSLContext.getInstance("TLS");
        unasking.init(null, new TrustManager[] {new Anybody()}, null);
        return new RelayTls(verifying, unasking);
    }

    /** The client's end of TLS over a connected socket; the handshake is still to come. */
    SSLSocket over(Socket plain, RelayTarget target) throws IOException {
        boolean verified = target.tls() == RelayTarget.Tls.VERIFIED;
        var context = verified ? verifying : unasking;
        // With the host's name SNI is sent; a name from the DNS may end in a dot, which no certificate does.
        var host = target.host().endsWith(".")
                ? target.host().substring(0, target.host().length() - 1)
                : target.host();
        var socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, plain.getPort(), true);
        socket.setUseClientMode(true);
        if (verified) {
            var parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
        }
        return socket;
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
