package org.mailroom.web.trace;

import java.util.List;
import java.util.stream.Stream;
import org.mailroom.admin.TraceSummary;

/** A list of messages as rows of a file. */
public final class TraceCsv {
    private static final List<String> COLUMNS = List.of("time", "queue id", "from", "to", "subject", "status", "why");

    private TraceCsv() {}

    public static List<List<String>> of(List<TraceSummary> found) {
        return Stream.concat(Stream.of(COLUMNS), found.stream().map(TraceCsv::row))
                .toList();
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
}
