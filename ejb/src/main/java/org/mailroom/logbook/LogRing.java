package org.mailroom.logbook;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;
import org.mailroom.trace.OneLine;

/** Keeps the newest lines: for each that comes to a full ring the oldest goes. */
final class LogRing extends Handler {
    private static final int LONGEST = 2000;
    private static final int MOST_CAUSES = 5;

    private final Formatter formatter = new SimpleFormatter();
    private final @Nullable LogLine[] lines;
    private final String ours;
    private long last;

    /** @param ours what the names of all loggers begin with */
    LogRing(String ours, int most) {
        this.ours = ours;
        lines = new @Nullable LogLine[most];
    }

    @Override
    public void publish(LogRecord entry) {
        if (isLoggable(entry)) {
            keep(entry, OneLine.of(text(entry), LONGEST));
        }
    }

    private synchronized void keep(LogRecord entry, String text) {
        last++;
        lines[(int) (last % lines.length)] =
                new LogLine(last, entry.getInstant(), LogLevel.of(entry.getLevel()), source(entry), text);
    }

    private String source(LogRecord entry) {
        var name = Objects.requireNonNullElse(entry.getLoggerName(), "");
        return name.startsWith(ours + ".") ? name.substring(ours.length() + 1) : name;
    }

    private String text(LogRecord entry) {
        var text = new StringBuilder(Objects.requireNonNullElse(formatter.formatMessage(entry), ""));
        var cause = entry.getThrown();
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            text.append(i == 0 ? ": " : " because of ").append(cause);
            cause = cause.getCause();
        }
        return text.toString();
    }

    /** Newest first. */
    synchronized List<LogLine> newest() {
        var newest = new ArrayList<LogLine>();
        for (long number = last; number > Math.max(0, last - lines.length); number--) {
            newest.add(Objects.requireNonNull(lines[(int) (number % lines.length)]));
        }
        return newest;
    }

    /** The number of the newest line; 0 before there is one. */
    synchronized long last() {
        return last;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
