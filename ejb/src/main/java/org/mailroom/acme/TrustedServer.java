package org.mailroom.acme;

import java.net.http.HttpClient;
import javax.net.ssl.SSLContext;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.provider.GenericAcmeProvider;

/** An authority whose web server may also be vouched for by somebody whom only the operator trusts. */
final class TrustedServer extends GenericAcmeProvider {
    private final SSLContext trusted;

    TrustedServer(SSLContext trusted) {
        this.trusted = trusted;
    }

    @Override
    public HttpClient createHttpClient(NetworkSettings settings) {
        return HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(settings.getTimeout())
                .proxy(settings.getProxySelector())
                .sslContext(trusted)
                .build();
    }
}
