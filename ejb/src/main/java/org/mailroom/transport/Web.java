package org.mailroom.transport;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.mailroom.dns.Answer;
import org.mailroom.dns.Dns;

/**
 * Asks web servers by HTTP/1.1 over TLS, where the house's own name service finds them: a name that DNSSEC shows to be forged leads
 * nowhere. Certificates must be valid, and nothing leads elsewhere.
 */
final class Web {
    private static final int PORT = 443;
    private static final int MOST_ADDRESSES = 4;

    private final Dns dns;
    private final SSLSocketFactory sockets;
    private final Duration limit;

    /** @param limit for an answer, from connecting on */
    Web(Dns dns, SSLSocketFactory sockets, Duration limit) {
        this.dns = dns;
        this.sockets = sockets;
        this.limit = limit;
    }

    WebAnswer get(String place) throws IOException {
        var uri = uri(place);
        return answer(uri, head("GET", uri).getBytes(StandardCharsets.US_ASCII));
    }

    WebAnswer post(String place, String type, byte[] octets) throws IOException {
        var uri = uri(place);
        var head = head("POST", uri)
                .replace("\r\n\r\n", "\r\nContent-Type: " + type + "\r\nContent-Length: " + octets.length + "\r\n\r\n");
        var question = new ByteArrayOutputStream();
        question.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        question.writeBytes(octets);
        return answer(uri, question.toByteArray());
    }

    private static URI uri(String place) throws IOException {
        try {
            var uri = URI.create(URI.create(place).toASCIIString());
            if ("https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("no address of the web", e);
        }
        throw new IOException("no host of the web can have that name");
    }

    private static String head(String method, URI uri) {
        var path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return method + " " + path + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()) + " HTTP/1.1\r\nHost: "
                + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                + "\r\nUser-Agent: Mailroom\r\nAccept: */*\r\nConnection: close\r\n\r\n";
    }

    private WebAnswer answer(URI uri, byte[] question) throws IOException {
        var over = new CompletableFuture<Void>();
        long end = System.nanoTime() + limit.toNanos();
        try (var plain = connected(uri, end)) {
            // A server that says an octet now and then ends too.
            over.orTimeout(left(end), TimeUnit.MILLISECONDS).whenComplete((done, late) -> close(plain));
            return answer(plain, uri.getHost(), question);
        } catch (IOException e) {
            if (over.isCompletedExceptionally()) {
                var late = new IOException("the web server took longer than " + limit.toSeconds() + " s");
                late.addSuppressed(e);
                throw late;
            }
            throw e;
        } finally {
            over.complete(null);
        }
    }

    private WebAnswer answer(Socket plain, String host, byte[] question) throws IOException {
        try (var socket = (SSLSocket) sockets.createSocket(plain, host, plain.getPort(), true)) {
            var parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.getOutputStream().write(question);
            socket.getOutputStream().flush();
            return WebAnswer.read(new BufferedInputStream(socket.getInputStream()));
        }
    }

    private Socket connected(URI uri, long end) throws IOException {
        int port = uri.getPort() < 0 ? PORT : uri.getPort();
        var trouble = new IOException("DNS knows no address of " + uri.getHost());
        for (var address : addresses(uri.getHost())) {
            var socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(address, port), left(end));
                return socket;
            } catch (IOException e) {
                trouble = e;
                socket.close();
            }
        }
        throw trouble;
    }

    /** Milliseconds, one at least: none would be for ever. */
    private static int left(long end) {
        return Math.toIntExact(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
    }

    private List<InetAddress> addresses(String host) throws IOException {
        var found = new ArrayList<InetAddress>();
        var unknown = "";
        for (boolean six : new boolean[] {false, true}) {
            switch (dns.addresses(host, six)) {
                case Answer.Found<InetAddress> known -> found.addAll(known.values());
                case Answer.None<InetAddress> _ -> {}
                case Answer.Unknown(var why) -> unknown = why;
            }
        }
        if (found.isEmpty() && !unknown.isEmpty()) {
            throw new IOException("DNS gave no answer for " + host + " (" + unknown + ")");
        }
        return found.subList(0, Math.min(found.size(), MOST_ADDRESSES));
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no more use either way.
        }
    }
}
