package org.mailroom.web.trace;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.TraceEvent;
import org.mailroom.admin.TraceSummary;

/** A list of messages, or their steps, as rows of a file. */
public final class TraceCsv {
    /** What spreadsheets still open. */
    private static final int MOST_STEPS = 200_000;

    /** So many messages are asked for at a time. */
    private static final int SOME = 100;

    private static final List<String> COLUMNS = List.of("time", "queue id", "from", "to", "subject", "status", "why");
    private static final List<String> STEP_COLUMNS =
            List.of("queue id", "session", "time", "step", "from", "to", "peer", "rule", "reply", "details");

    private TraceCsv() {}

    /** The steps of messages, by their ids. */
    @FunctionalInterface
    public interface Steps {
        List<TraceEvent> of(List<String> ids) throws AdminException;
    }

    public static Stream<List<String>> of(List<TraceSummary> found) {
        return Stream.concat(Stream.of(COLUMNS), found.stream().map(TraceCsv::row));
    }

    /** One row a step, of one message after another; read as they are written. */
    public static Stream<List<String>> steps(List<TraceSummary> found, Steps steps) {
        var ids = found.stream()
                .map(TraceSummary::id)
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
        var rows = Stream.iterate(0, from -> from < ids.size(), from -> from + SOME)
                .map(from -> ids.subList(from, Math.min(from + SOME, ids.size())))
                .flatMap(some -> asked(steps, some).stream());
        return steps(rows.limit(MOST_STEPS));
    }

    /** Those of one message. */
    public static Stream<List<String>> steps(Stream<TraceEvent> events) {
        return Stream.concat(Stream.of(STEP_COLUMNS), events.map(TraceCsv::row));
    }

    /** What comes in between ends the file; who asked was let in when the messages were found. */
    private static List<TraceEvent> asked(Steps steps, List<String> ids) {
        try {
            return steps.of(ids);
        } catch (AdminException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> row(TraceSummary found) {
        return List.of(
                found.at().toString(),
                found.queueId(),
                found.sender(),
                found.recipients(),
                found.subject(),
                found.status(),
                found.why());
    }

    private static List<String> row(TraceEvent event) {
        return List.of(
                event.queueId(),
                event.session(),
                Objects.toString(event.at(), ""),
                event.step(),
                event.sender(),
                event.recipient(),
                event.client(),
                event.rule(),
                event.reply(),
                event.detail());
    }
}
