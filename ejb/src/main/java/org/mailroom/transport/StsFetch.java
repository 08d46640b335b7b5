package org.mailroom.transport;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** Gets a policy from its web server (RFC 8461 §3.3): a valid certificate, no redirects, and bounds on size and time. */
final class StsFetch implements StsPolicies.Fetch, AutoCloseable {
    private static final int LARGEST = 64 * 1024;

    private final HttpClient client;
    private final Function<String, URI> place;
    private final Duration limit;

    StsFetch(Duration limit, SSLContext trust, Function<String, URI> place) {
        this.client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limit)
                .sslContext(trust)
                .build();
        this.place = place;
        this.limit = limit;
    }

    /** Where a domain has its policy. */
    static URI wellKnown(String domain) {
        return URI.create("https://mta-sts." + domain + "/.well-known/mta-sts.txt");
    }

    @Override
    public String policy(String domain) throws IOException {
        HttpRequest request;
        try {
            request = HttpRequest.newBuilder(place.apply(domain)).timeout(limit).build();
        } catch (IllegalArgumentException e) {
            throw new IOException("no host of the web can have that name", e);
        }
        var got = answered(request);
        var type = got.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (got.statusCode() != 200 || !type.startsWith("text/plain")) {
            throw new IOException("the web server answered " + got.statusCode() + " " + type);
        }
        return new String(got.body(), StandardCharsets.US_ASCII);
    }

    /** Hands octets to a web server. */
    void post(String to, String type, byte[] octets) throws IOException {
        HttpRequest request;
        try {
            request = HttpRequest.newBuilder(URI.create(to))
                    .timeout(limit)
                    .header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(octets))
                    .build();
        } catch (IllegalArgumentException e) {
            throw new IOException("no address of the web: " + to, e);
        }
        int status = answered(request).statusCode();
        if (status / 100 != 2) {
            throw new IOException("the web server answered " + status);
        }
    }

    private HttpResponse<byte[]> answered(HttpRequest request) throws IOException {
        var reply = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
        try {
            return reply.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new IOException("the web server took longer than " + limit.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            reply.cancel(true);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
