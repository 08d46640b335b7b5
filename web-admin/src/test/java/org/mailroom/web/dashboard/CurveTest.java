package org.mailroom.web.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailroom.admin.PulsePoint;

class CurveTest {
    private static PulsePoint point(long queued, Long latency) {
        return new PulsePoint(Instant.EPOCH, queued, 0, 5, latency);
    }

    @Test
    void highest_value_reaches_the_top() {
        var curves = Curve.of(List.of(point(0, null), point(10, 100L), point(5, null)));
        assertThat(curves).extracting(Curve::kind).containsExactly("queued", "sessions", "octets");
        assertThat(curves.getFirst().points()).isEqualTo("0.0,46.0 120.0,2.0 240.0,24.0");
        assertThat(curves.getFirst().last()).isEqualTo(5);
        assertThat(curves.getFirst().most()).isEqualTo(10);
    }

    @Test
    void one_minute_is_no_curve() {
        assertThat(Curve.of(List.of(point(1, 1L)))).isEmpty();
    }
}
