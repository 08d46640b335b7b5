package org.mailroom.directory;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether a route keeps mail until somebody asks for it.
 *
 * @param holds false: mail leaves at once
 * @param times when it lets go, each day, in the server's time zone; none: only when asked (ETRN, RFC 1985)
 */
public record RouteHold(boolean holds, List<LocalTime> times) {
    public static final RouteHold NONE = new RouteHold(false, List.of());
    private static final String ASKED = "etrn";
    private static final int MOST = 96;

    public RouteHold {
        times = List.copyOf(times);
    }

    /** Empty, {@code etrn}, or times such as {@code 06:00 18:30}. */
    public static RouteHold parse(String text) throws BadAddress {
        var words = text.strip();
        if (words.isEmpty()) {
            return NONE;
        }
        if (words.equalsIgnoreCase(ASKED)) {
            return new RouteHold(true, List.of());
        }
        var times = new ArrayList<LocalTime>();
        try {
            for (var word : words.split("[\\s,]+", MOST + 1)) {
                times.add(LocalTime.parse(word));
            }
        } catch (DateTimeException e) {
            throw new BadAddress("A hold is etrn, or times of the day such as 06:00 18:30");
        }
        return new RouteHold(true, times.stream().sorted().distinct().toList());
    }

    /** Whether one of its times came after the last time it let go. */
    public boolean isDue(Instant flushed, Instant now, ZoneId zone) {
        return times.stream().anyMatch(time -> latest(time, now, zone).isAfter(flushed));
    }

    private static Instant latest(LocalTime time, Instant now, ZoneId zone) {
        var day = now.atZone(zone).toLocalDate();
        var today = day.atTime(time).atZone(zone).toInstant();
        return today.isAfter(now) ? day.minusDays(1).atTime(time).atZone(zone).toInstant() : today;
    }

    @Override
    public String toString() {
        return !holds
                ? ""
                : times.isEmpty()
                        ? ASKED
                        : times.stream().map(LocalTime::toString).collect(Collectors.joining(" "));
    }
}
