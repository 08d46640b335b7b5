package org.mailroom.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes that keep mail until somebody asks, or until a time of the day. */
class RouteHoldTest {
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private static boolean due(String hold, String flushed, String now) throws BadAddress {
        return RouteHold.parse(hold).isDue(Instant.parse("2026-03-" + flushed), Instant.parse("2026-03-" + now), ZONE);
    }

    @Test
    void it_lets_go_once_at_each_of_its_times() throws BadAddress {
        assertThat(due("06:00 18:30", "02T05:00:30Z", "02T17:29:59Z")).isFalse();
        assertThat(due("06:00 18:30", "02T05:00:30Z", "02T17:30:00Z")).isTrue();
        assertThat(due("06:00 18:30", "02T17:30:00Z", "02T17:30:30Z")).isFalse();
        assertThat(due("06:00 18:30", "02T17:30:00Z", "03T04:59:00Z")).isFalse();
        assertThat(due("06:00 18:30", "02T17:30:00Z", "03T05:00:00Z")).isTrue();
    }

    /** A server that was down at the time makes up for it. */
    @Test
    void a_time_that_was_missed_still_counts() throws BadAddress {
        assertThat(due("06:00", "02T05:00:00Z", "04T04:00:00Z")).isTrue();
    }

    /** On the 29th a clock in Berlin shows no half past two. */
    @Test
    void a_time_that_a_day_does_not_have_comes_an_hour_later() throws BadAddress {
        assertThat(due("02:30", "28T01:30:00Z", "29T01:29:00Z")).isFalse();
        assertThat(due("02:30", "28T01:30:00Z", "29T01:30:00Z")).isTrue();
    }

    @Test
    void who_waits_for_etrn_waits_for_no_time() throws BadAddress {
        assertThat(due("etrn", "01T00:00:00Z", "31T00:00:00Z")).isFalse();
        assertThat(RouteHold.parse("etrn").holds()).isTrue();
        assertThat(RouteHold.parse(" ").holds()).isFalse();
    }

    @Test
    void it_is_written_as_it_was_read() throws BadAddress {
        assertThat(RouteHold.parse("18:30, 06:00 06:00").toString()).isEqualTo("06:00 18:30");
        assertThat(RouteHold.parse("ETRN").toString()).isEqualTo("etrn");
    }

    @ParameterizedTest
    @ValueSource(strings = {"noon", "25:00", "06:00 later", "6"})
    void nonsense_is_refused(String hold) {
        assertThatThrownBy(() -> RouteHold.parse(hold)).isInstanceOf(BadAddress.class);
    }
}
