package org.mailroom.web.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mailroom.admin.TraceEvent;
import org.mailroom.admin.TracePart;
import org.mailroom.admin.TraceSummary;

class TraceCsvTest {
    private static TraceSummary found(String queueId, String session) {
        return new TraceSummary(queueId, session, Instant.EPOCH, "a@there.test", "b@here.test", "hi", "refused", "why");
    }

    private static TraceEvent event(String id) {
        return new TraceEvent(id, null, "connected", "", "", "192.0.2.1:25", "", "", "=1+1", "s1");
    }

    @Test
    void steps_are_asked_for_some_messages_at_a_time_and_once_of_each() {
        var found = new ArrayList<>(
                IntStream.range(0, 150).mapToObj(i -> found("Q" + i, "s1")).toList());
        found.add(found("", "s1"));
        found.add(found("", "s1"));
        found.add(found("", ""));
        var asked = new ArrayList<List<String>>();
        var rows = TraceCsv.steps(found, ids -> {
                    asked.add(ids);
                    return new TracePart(ids.stream().map(TraceCsvTest::event).toList(), ids.size());
                })
                .toList();
        assertThat(asked).extracting(List::size).containsExactly(100, 51);
        assertThat(asked.getLast().getLast()).isEqualTo("s1");
        assertThat(rows).hasSize(152);
        assertThat(rows.getFirst()).startsWith("queue id", "session", "time", "step");
        assertThat(rows.get(1)).startsWith("Q0", "s1", "", "connected").endsWith("=1+1");
    }

    @Test
    void messages_of_which_not_all_were_read_at_once_are_asked_for_again_and_no_step_is_left_out() {
        var found = IntStream.range(0, 3).mapToObj(i -> found("Q" + i, "s1")).toList();
        var rows = TraceCsv.steps(found, ids -> new TracePart(Collections.nCopies(100_000, event(ids.getFirst())), 1));
        assertThat(rows.map(row -> row.getFirst()).collect(Collectors.groupingBy(id -> id, Collectors.counting())))
                .isEqualTo(Map.of("queue id", 1L, "Q0", 100_000L, "Q1", 100_000L, "Q2", 100_000L));
    }

    @Test
    void nothing_found_is_a_file_with_a_head() {
        assertThat(TraceCsv.steps(List.of(), ids -> new TracePart(List.of(), 0)).toList())
                .hasSize(1);
    }
}
