package org.mailroom.admin;

import java.time.Duration;
import org.mailroom.logbook.Logbook;

/** New lines of the log; the mark is the number of the last. Looked for now and then, for whoever logs must not wait. */
record LogNews(Logbook logbook) implements News {
    private static final Duration PACE = Duration.ofSeconds(1);

    @Override
    public long await(long seen, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (logbook.last() == seen && System.nanoTime() - end < 0) {
            Thread.sleep(PACE);
        }
        return logbook.last();
    }
}
