package org.mailroom.logbook;

import java.time.Instant;

/**
 * A line of the log.
 *
 * @param number counts from 1 since the start of the node
 * @param source the class that wrote it, without what all of ours have in common: {@code queue.Shift}
 * @param text one line that can do no harm, with the causes of a fault but without its stack
 */
public record LogLine(long number, Instant at, LogLevel level, String source, String text) {}
