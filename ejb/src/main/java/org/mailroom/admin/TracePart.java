package org.mailroom.admin;

import java.util.List;

/**
 * What happened to some messages, one after another.
 *
 * @param messages how many of those that were asked for these are, from the first on
 */
public record TracePart(List<TraceEvent> events, int messages) {
    public TracePart {
        events = List.copyOf(events);
    }
}
