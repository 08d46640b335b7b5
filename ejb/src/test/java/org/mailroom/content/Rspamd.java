package org.mailroom.content;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.mailroom.policy.Policies;

/** Speaks HTTP as rspamd does, and says what the test wants. */
public final class Rspamd implements AutoCloseable {
    /** What was asked. */
    public record Asked(String method, String path, Map<String, List<String>> fields, String body) {
        public List<String> field(String name) {
            return fields.getOrDefault(name, List.of());
        }
    }

    public final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch go = new CountDownLatch(1);
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final HttpServer server;
    private volatile int status = 200;
    private volatile String answer = answer("no action");
    private volatile boolean waits;
    private volatile boolean stopsInTheMiddle;

    public Rspamd() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private static String answer(String action) {
        return "{\"is_skipped\":false,\"score\":7.2,\"required_score\":15.0,\"action\":\"" + action
                + "\",\"symbols\":{}}";
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    body));
            arrived.countDown();
            var octets = answer.getBytes(StandardCharsets.UTF_8);
            if (stopsInTheMiddle) {
                exchange.sendResponseHeaders(status, octets.length);
                exchange.getResponseBody().write(octets, 0, 10);
                exchange.getResponseBody().flush();
            }
            if (waits || stopsInTheMiddle) {
                go.await(30, TimeUnit.SECONDS);
            }
            if (!stopsInTheMiddle) {
                exchange.sendResponseHeaders(status, octets.length);
                exchange.getResponseBody().write(octets);
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    public Rspamd says(String action) {
        answer = answer(action);
        return this;
    }

    Rspamd answers(int newStatus, String text) {
        status = newStatus;
        answer = text;
        return this;
    }

    /** Nothing is answered before {@link #go}. */
    Rspamd waits() {
        waits = true;
        return this;
    }

    Rspamd stopsInTheMiddle() {
        stopsInTheMiddle = true;
        return this;
    }

    void go() {
        go.countDown();
    }

    /** Until somebody asks. */
    void awaitQuestion() throws InterruptedException {
        if (!arrived.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody asks");
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The chain of the house with this checker alone. */
    public Policies chain() {
        var settings = new RspamdSettings(
                uri(),
                Duration.ofSeconds(20),
                new Availability(5, WhenDown.ACCEPT, 5, Duration.ofSeconds(30)),
                SpamLimits.AS_ADVISED);
        return new Policies(List.of(new RspamdCheck(settings, InstantSource.system())));
    }

    @Override
    public void close() {
        go.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
