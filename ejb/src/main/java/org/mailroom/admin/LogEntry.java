package org.mailroom.admin;

import java.time.Instant;

/**
 * A line of a node's log.
 *
 * @param number counts from 1 since the start of the node
 * @param level {@code debug}, {@code info}, {@code warning} or {@code error}
 * @param source the class that wrote it: {@code queue.Shift}
 */
public record LogEntry(long number, Instant at, String node, String level, String source, String text) {}
