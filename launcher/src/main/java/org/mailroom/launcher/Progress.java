package org.mailroom.launcher;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;

/** Says on standard error what is being done and how long it took; results go to standard output. */
final class Progress {
    private final PrintStream out;

    Progress() {
        this(System.err);
    }

    Progress(PrintStream out) {
        this.out = out;
    }

    <T> T step(String deed, Supplier<T> work) {
        var begin = Instant.now();
        out.print(deed + " … ");
        out.flush();
        T result;
        try {
            result = work.get();
        } catch (RuntimeException e) {
            out.println(Foreground.interrupted() ? "interrupted" : "failed");
            throw e;
        }
        out.println(seconds(Duration.between(begin, Instant.now())));
        return result;
    }

    void step(String deed, Runnable work) {
        step(deed, () -> {
            work.run();
            return true;
        });
    }

    void say(String line) {
        out.println(line);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
