package org.mailroom.content;

import java.time.Duration;

/**
 * How much of our time a checker may have.
 *
 * @param concurrency questions at a time, so that however long it thinks there are calls left for those who ask about a
 *     sender or a recipient
 * @param whenDown what becomes of a message that it said nothing about
 * @param failures in a row after which it is not asked
 * @param pause for how long
 */
public record Availability(int concurrency, WhenDown whenDown, int failures, Duration pause) {}
