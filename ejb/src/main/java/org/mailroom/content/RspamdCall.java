package org.mailroom.content;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mailroom.policy.Question;

/** One question to rspamd over HTTP: {@code POST /checkv2}, the envelope in fields, the message as the body. */
final class RspamdCall implements AutoCloseable {
    private static final int LARGEST_ANSWER = 4 * 1024 * 1024;

    /** Each is a field, and rspamd reads no header without end. */
    private static final int MOST_RECIPIENTS = 100;

    private final URI uri;
    private final Duration timeout;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client;

    RspamdCall(URI address, Duration timeout) {
        this.uri = URI.create(address + "/checkv2");
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .executor(threads)
                .build();
    }

    /** Throws IOException where there was no answer in time, whatever the reason; nothing of the call is left then. */
    HttpResponse<byte[]> ask(Question.Content question) throws IOException {
        // Closed here, because nobody else does where the answer comes before the end of the question.
        try (var body = question.source().open()) {
            var request = request(question, body);
            // The request's own timeout ends with the header of the answer, and who hangs may hang behind it.
            var answer = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
            try {
                return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                throw new IOException("no answer in " + timeout, e);
            } catch (ExecutionException e) {
                throw new IOException(String.valueOf(e.getCause()), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("stopped while rspamd was asked", e);
            } finally {
                answer.cancel(true);
            }
        }
    }

    private HttpRequest request(Question.Content question, InputStream body) {
        var client = question.client();
        var envelope = question.envelope();
        var request = HttpRequest.newBuilder(uri)
                .header("Queue-Id", question.queueId())
                .header("IP", client.address().getAddress().getHostAddress().replaceAll("%.*", ""))
                .header("From", envelope.isBounce() ? "<>" : field(envelope.reversePath()));
        if (!client.helo().isEmpty()) {
            request.header("Helo", field(client.helo()));
        }
        envelope.recipients().stream()
                .limit(MOST_RECIPIENTS)
                .forEach(recipient -> request.header("Rcpt", field(recipient.address())));
        return request.POST(publisher(body, question.source().size())).build();
    }

    private static BodyPublisher publisher(InputStream body, long size) {
        return size == 0
                ? BodyPublishers.noBody()
                : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> body), size);
    }

    /** A quoted local part may hold what no field may (RFC 9110 §5.5). */
    private static String field(String text) {
        return text.replaceAll("[^ -~]", "?");
    }

    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdown();
    }
}
