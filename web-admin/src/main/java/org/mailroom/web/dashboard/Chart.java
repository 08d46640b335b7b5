package org.mailroom.web.dashboard;

import java.util.List;
import java.util.stream.IntStream;
import org.mailroom.admin.TrafficHour;

/** The last hours as bars: a drawing for the eye, whose numbers stand in a table beside it. */
public final class Chart {
    /** Of the drawing, in its own units. */
    static final int HEIGHT = 120;

    static final int STEP = 30;
    private static final int WIDTH = 22;

    private Chart() {}

    /** A part of a bar; what was taken stands at the bottom, above it what was sent on, put off and refused. */
    public record Part(String kind, int x, int y, int width, int height) {}

    static List<Part> parts(List<TrafficHour> hours) {
        long most = hours.stream().mapToLong(Chart::total).max().orElse(0);
        return IntStream.range(0, hours.size())
                .mapToObj(i -> bar(hours.get(i), i * STEP, Math.max(most, 1)))
                .flatMap(List::stream)
                .filter(part -> part.height() > 0)
                .toList();
    }

    private static long total(TrafficHour hour) {
        return hour.received() + hour.sent() + hour.deferred() + hour.refused();
    }

    private static List<Part> bar(TrafficHour hour, int x, long most) {
        int received = height(hour.received(), most);
        int sent = height(hour.sent(), most);
        int deferred = height(hour.deferred(), most);
        int refused = height(hour.refused(), most);
        return List.of(
                new Part("received", x, HEIGHT - received, WIDTH, received),
                new Part("sent", x, HEIGHT - received - sent, WIDTH, sent),
                new Part("deferred", x, HEIGHT - received - sent - deferred, WIDTH, deferred),
                new Part("refused", x, HEIGHT - received - sent - deferred - refused, WIDTH, refused));
    }

    /** What is there at all is seen. */
    private static int height(long count, long most) {
        return count == 0 ? 0 : (int) Math.max(1, count * (HEIGHT - 4) / most);
    }
}
