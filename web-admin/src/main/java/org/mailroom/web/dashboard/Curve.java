package org.mailroom.web.dashboard;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.PulsePoint;

/**
 * How one figure went, as a line: a drawing for the eye, whose ends are told in words.
 *
 * @param kind {@code queued}, {@code sessions}, {@code octets} or {@code latency}
 * @param page that lists what is counted
 * @param points of an SVG polyline
 */
public record Curve(String kind, String page, String points, long last, long most) {
    private static final int WIDTH = 240;
    private static final int HEIGHT = 48;
    private static final int MARGIN = 2;

    /** None before there are two minutes to compare. */
    static List<Curve> of(List<PulsePoint> points) {
        return Stream.of(
                        of("queued", "/queue", points, PulsePoint::queued),
                        of("sessions", "/sessions", points, PulsePoint::sessions),
                        of("octets", "/accounts", points, PulsePoint::octets),
                        of("latency", "/trace?status=relayed", points, PulsePoint::latency))
                .filter(curve -> !curve.points.isEmpty())
                .toList();
    }

    private static Curve of(
            String kind, String page, List<PulsePoint> points, Function<PulsePoint, @Nullable Long> figure) {
        var values = points.stream()
                .map(figure)
                .filter(Objects::nonNull)
                .map(Long::longValue)
                .toList();
        if (values.size() < 2) {
            return new Curve(kind, page, "", 0, 0);
        }
        long most = values.stream().mapToLong(value -> value).max().orElse(0);
        return new Curve(kind, page, line(values, Math.max(1, most)), values.getLast(), most);
    }

    private static String line(List<Long> values, long most) {
        double step = (double) WIDTH / (values.size() - 1);
        return IntStream.range(0, values.size())
                .mapToObj(i -> String.format(
                        Locale.ROOT,
                        "%.1f,%.1f",
                        i * step,
                        HEIGHT - MARGIN - (double) values.get(i) / most * (HEIGHT - 2 * MARGIN)))
                .collect(Collectors.joining(" "));
    }
}
