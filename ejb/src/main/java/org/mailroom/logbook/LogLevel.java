package org.mailroom.logbook;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;

/** How much a line matters, the least first; the words are those of {@link System.Logger}. */
public enum LogLevel {
    DEBUG,
    INFO,
    WARNING,
    ERROR;

    static LogLevel of(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return ERROR;
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return WARNING;
        }
        return level.intValue() >= Level.INFO.intValue() ? INFO : DEBUG;
    }

    /** The level of a word; the least where it is none of them. */
    public static LogLevel of(String word) {
        return Arrays.stream(values())
                .filter(level -> level.word().equals(word))
                .findFirst()
                .orElse(DEBUG);
    }

    /** The least first. */
    public static List<String> words() {
        return Arrays.stream(values()).map(LogLevel::word).toList();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
