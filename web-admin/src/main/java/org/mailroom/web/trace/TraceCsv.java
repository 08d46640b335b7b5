package org.mailroom.web.trace;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.TraceEvent;
import org.mailroom.admin.TracePart;
import org.mailroom.admin.TraceSummary;

/** A list of messages, or their steps, as rows of a file. */
public final class TraceCsv {
    /** So many messages are asked for at a time. */
    private static final int SOME = 100;

    private static final List<String> COLUMNS = List.of("time", "queue id", "from", "to", "subject", "status", "why");
    private static final List<String> STEP_COLUMNS =
            List.of("queue id", "session", "time", "step", "from", "to", "peer", "rule", "reply", "details");

    private TraceCsv() {}

    /** The steps of messages, by their ids; of as many of the first as are read at a time. */
    @FunctionalInterface
    public interface Steps {
        TracePart of(List<String> ids) throws AdminException;
    }

    /** What was read of messages, from one number to another. */
    private record Asked(int from, int to, List<TraceEvent> events) {}

    public static Stream<List<String>> of(List<TraceSummary> found) {
        return Stream.concat(Stream.of(COLUMNS), found.stream().map(TraceCsv::row));
    }

    /** One row a step, of one message after another, however many; read as they are written. */
    public static Stream<List<String>> steps(List<TraceSummary> found, Steps steps) {
        var ids = found.stream()
                .map(TraceSummary::id)
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
        return steps(Stream.iterate(
                        asked(steps, ids, 0), asked -> asked.from < ids.size(), asked -> asked(steps, ids, asked.to))
                .flatMap(asked -> asked.events.stream()));
    }

    /** Those of one message. */
    public static Stream<List<String>> steps(Stream<TraceEvent> events) {
        return Stream.concat(Stream.of(STEP_COLUMNS), events.map(TraceCsv::row));
    }

    /** What comes in between ends the file; who asked was let in when the messages were found. */
    private static Asked asked(Steps steps, List<String> ids, int from) {
        if (from >= ids.size()) {
            return new Asked(from, from, List.of());
        }
        try {
            var part = steps.of(ids.subList(from, Math.min(from + SOME, ids.size())));
            return new Asked(from, from + part.messages(), part.events());
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
