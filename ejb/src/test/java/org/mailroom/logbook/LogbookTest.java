package org.mailroom.logbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogbookTest {
    private static final System.Logger LOG = System.getLogger("org.mailroom.logbook.LogbookTest");

    private final Logbook logbook = new Logbook();

    private List<String> texts() {
        return logbook.newest().stream().map(LogLine::text).toList();
    }

    @Test
    void lines_of_ours_are_kept_from_its_beginning_to_its_end_and_no_others() {
        LOG.log(System.Logger.Level.WARNING, "before");
        logbook.begin();
        LOG.log(System.Logger.Level.WARNING, "one q=0T2AQG44RY4G");
        LOG.log(System.Logger.Level.ERROR, "two {0}", 2);
        System.getLogger("org.other.Thing").log(System.Logger.Level.WARNING, "not ours");
        logbook.end();
        LOG.log(System.Logger.Level.WARNING, "after");
        assertThat(texts()).containsExactly("two 2", "one q=0T2AQG44RY4G");
        assertThat(logbook.last()).isEqualTo(2);
        var newest = logbook.newest().getFirst();
        assertThat(newest.number()).isEqualTo(2);
        assertThat(newest.level()).isEqualTo(LogLevel.ERROR);
        assertThat(newest.source()).isEqualTo("logbook.LogbookTest");
    }

    @Test
    void a_line_is_one_line_and_tells_causes() {
        logbook.begin();
        var fault = new IllegalStateException("it\r\nbroke", new IllegalArgumentException("\u202eodd"));
        LOG.log(System.Logger.Level.ERROR, "status=fault", fault);
        LOG.log(System.Logger.Level.ERROR, "x".repeat(5000));
        logbook.end();
        assertThat(texts().getFirst()).hasSize(2000).endsWith("x…");
        assertThat(texts().getLast())
                .isEqualTo("status=fault: java.lang.IllegalStateException: it\\x0d\\x0abroke because of"
                        + " java.lang.IllegalArgumentException: \\u202eodd");
    }

    @Test
    void the_oldest_line_goes_for_each_that_comes() {
        var ring = new LogRing("org.mailroom", 3);
        assertThat(ring.newest()).isEmpty();
        for (int i = 1; i <= 8; i++) {
            ring.publish(new LogRecord(Level.INFO, "line " + i));
            assertThat(ring.newest()).hasSize(Math.min(i, 3));
        }
        assertThat(ring.newest()).extracting(LogLine::text).containsExactly("line 8", "line 7", "line 6");
        assertThat(ring.newest()).extracting(LogLine::number).containsExactly(8L, 7L, 6L);
    }

    @Test
    void a_record_of_whoever_says_nothing_is_an_empty_line() {
        var ring = new LogRing("org.mailroom", 3);
        ring.publish(new LogRecord(Level.FINE, null));
        assertThat(ring.newest().getFirst().text()).isEmpty();
        assertThat(ring.newest().getFirst().level()).isEqualTo(LogLevel.DEBUG);
    }
}
