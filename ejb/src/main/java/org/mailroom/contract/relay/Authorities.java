package org.mailroom.contract.relay;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Who may vouch for other hosts: whom the platform trusts, and whom the operator trusts besides.
 *
 * @param file certificates of the latter, in PEM; empty: there are none
 */
public record Authorities(String file) implements Serializable {
    public static final Authorities OF_PLATFORM = new Authorities("");

    /** @throws IOException where the file cannot be read or has no certificate */
    public SSLContext context() throws IOException, GeneralSecurityException {
        if (file.isEmpty()) {
            return SSLContext.getDefault();
        }
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        for (var certificate : all()) {
            trusted.setCertificateEntry("authority" + trusted.size(), certificate);
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private List<Certificate> all() throws IOException, GeneralSecurityException {
        var all = new ArrayList<Certificate>(ofFile());
        var platform = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        platform.init((KeyStore) null);
        for (var manager : platform.getTrustManagers()) {
            if (manager instanceof X509TrustManager trust) {
                all.addAll(List.of(trust.getAcceptedIssuers()));
            }
        }
        return all;
    }

    private List<Certificate> ofFile() throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(Path.of(file))) {
            var found = CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new IOException("no certificate in " + file);
            }
            return List.copyOf(found);
        }
    }
}
