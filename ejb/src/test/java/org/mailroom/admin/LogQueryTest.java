package org.mailroom.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.mailroom.logbook.LogLevel;
import org.mailroom.logbook.LogLine;

class LogQueryTest {
    private static boolean finds(String least, String text, long after, long before) {
        var line = new LogLine(7, Instant.EPOCH, LogLevel.WARNING, "queue.Shift", "q=0T2AQG44RY4G status=fault");
        return new LogQuery(least, text, after, before).matches(line);
    }

    @Test
    void a_line_is_found_by_a_part_of_it_and_by_who_wrote_it() {
        assertThat(finds("", "", 0, 0)).isTrue();
        assertThat(finds("", " 0t2aqg44ry4g ", 0, 0)).isTrue();
        assertThat(finds("", "shift", 0, 0)).isTrue();
        assertThat(finds("", "delivered", 0, 0)).isFalse();
    }

    @Test
    void a_level_finds_what_matters_as_much_or_more() {
        assertThat(finds("info", "", 0, 0)).isTrue();
        assertThat(finds("warning", "", 0, 0)).isTrue();
        assertThat(finds("error", "", 0, 0)).isFalse();
        assertThat(finds("loud", "", 0, 0)).isTrue();
    }

    @Test
    void numbers_keep_the_place_in_a_log_that_grows() {
        assertThat(finds("", "", 6, 0)).isTrue();
        assertThat(finds("", "", 7, 0)).isFalse();
        assertThat(finds("", "", 0, 8)).isTrue();
        assertThat(finds("", "", 0, 7)).isFalse();
    }
}
