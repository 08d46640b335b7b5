package org.mailroom.ldap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whom we believe to be the directory. */
final class Trust {
    private Trust() {}

    /** @param pem certificates of the servers or of their authorities; empty: whom the JDK trusts */
    static SSLSocketFactory of(String pem) throws BadSource {
        try {
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store(pem));
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return new NamedSockets(context.getSocketFactory());
        } catch (GeneralSecurityException | IOException e) {
            throw new BadSource("The trusted certificates are in PEM, from BEGIN CERTIFICATE to END CERTIFICATE");
        }
    }

    private static @Nullable KeyStore store(String pem) throws GeneralSecurityException, IOException {
        if (pem.isBlank()) {
            return null;
        }
        var certificates = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        if (certificates.isEmpty()) {
            throw new IOException("no certificate");
        }
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (var certificate : certificates) {
            store.setCertificateEntry("trusted" + number++, certificate);
        }
        return store;
    }
}
