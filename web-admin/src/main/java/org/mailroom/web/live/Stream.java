package org.mailroom.web.live;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.mailroom.admin.News;

/** One reader's stream, on a thread of its own, until he goes, nothing new can come, or the time is over. */
final class Stream implements Runnable {
    private static final System.Logger LOG = System.getLogger(Stream.class.getName());

    /** Proxies end what is silent for longer, and only a write shows that the reader has gone. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    /** So often at most: a person reads no faster. */
    private static final Duration PACE = Duration.ofMillis(300);

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final News news;
    private final HttpServletResponse response;

    Stream(News news, HttpServletResponse response) {
        this.news = news;
        this.response = response;
    }

    @Override
    public void run() {
        try {
            tell("retry: 2000\n\n");
            var end = Instant.now().plus(LONGEST);
            long seen = 0;
            while (Instant.now().isBefore(end)) {
                long now = news.await(seen, SILENCE);
                if (now < 0) {
                    tell("event: over\ndata: 0\n\n");
                    return;
                }
                tell(now == seen ? ":\n\n" : "data: " + now + "\n\n");
                seen = now;
                Thread.sleep(PACE);
            }
        } catch (IOException gone) {
            // The reader has left the page.
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.WARNING, "events status=fault", fault);
        }
    }

    private void tell(String text) throws IOException {
        response.getWriter().write(text);
        response.flushBuffer();
        if (response.getWriter().checkError()) {
            throw new IOException("gone");
        }
    }
}
