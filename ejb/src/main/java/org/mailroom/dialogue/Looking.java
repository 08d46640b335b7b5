package org.mailroom.dialogue;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** TLS that takes every certificate, because it is only looked at, and remembers whether one would have trusted it. */
public final class Looking {
    private final Judge judge = new Judge();
    private final SSLContext context;

    public Looking() throws GeneralSecurityException {
        context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {judge}, null);
    }

    public SSLContext context() {
        return context;
    }

    /** Why the platform does not trust the chain, or the chain is somebody else's; empty where it does. */
    public String problem() {
        return judge.problem;
    }

    private static final class Judge extends X509ExtendedTrustManager {
        private final @Nullable X509ExtendedTrustManager platform = platform();
        private volatile String problem = "";

        private static @Nullable X509ExtendedTrustManager platform() {
            try {
                var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                factory.init((KeyStore) null);
                return Arrays.stream(factory.getTrustManagers())
                        .filter(X509ExtendedTrustManager.class::isInstance)
                        .map(X509ExtendedTrustManager.class::cast)
                        .findFirst()
                        .orElse(null);
            } catch (GeneralSecurityException e) {
                return null;
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            try {
                if (platform == null) {
                    problem = "no authorities are known";
                } else {
                    platform.checkServerTrusted(chain, type, socket);
                }
            } catch (CertificateException e) {
                problem = String.valueOf(root(e).getMessage());
            }
        }

        /** What wraps it is for programmers. */
        private static Throwable root(Throwable thrown) {
            var cause = thrown.getCause();
            return cause == null || cause == thrown ? thrown : root(cause);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            problem = "not looked at";
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            problem = "not looked at";
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
