package org.mailroom.admin;

import java.util.Locale;
import org.mailroom.logbook.LogLevel;
import org.mailroom.logbook.LogLine;

/**
 * Which lines of the log are wanted.
 *
 * @param least the word of a level: of that, and what matters more; empty: any
 * @param text a part of the line or of its source, however written; empty: any
 * @param after numbers above this; 0: all
 * @param before numbers below this; 0: all
 */
public record LogQuery(String least, String text, long after, long before) {
    public LogQuery {
        text = text.strip().toLowerCase(Locale.ROOT);
    }

    boolean matches(LogLine line) {
        return line.level().compareTo(LogLevel.of(least)) >= 0
                && line.number() > after
                && (before == 0 || line.number() < before)
                && (line.source() + " " + line.text()).toLowerCase(Locale.ROOT).contains(text);
    }
}
