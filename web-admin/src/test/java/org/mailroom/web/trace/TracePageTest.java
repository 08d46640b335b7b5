package org.mailroom.web.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TracePageTest {
    @Test
    void last_day_counts_to_its_end() {
        assertThat(TracePage.midnight("2026-01-31", 0)).isEqualTo(Instant.parse("2026-01-31T00:00:00Z"));
        assertThat(TracePage.midnight("2026-01-31", 1)).isEqualTo(Instant.parse("2026-02-01T00:00:00Z"));
    }

    @Test
    void what_is_no_day_limits_nothing() {
        assertThat(TracePage.midnight("", 0)).isNull();
        assertThat(TracePage.midnight("yesterday", 0)).isNull();
        assertThat(TracePage.midnight("+999999999-12-31", 1)).isNull();
    }

    @Test
    void what_means_nothing_in_an_address_is_named_and_the_rest_is_not() {
        var given = Map.of(
                "from",
                "abc",
                "to",
                "2026-01-31",
                "hour",
                "+1000000000-01-01T00:00:00Z",
                "status",
                "lost",
                "text",
                "x");
        assertThat(TracePage.passedOver(given, new TracePage().parameters(), List.of("delivered")))
                .containsExactly("from=abc", "hour=+1000000000-01-01T00:00:00Z", "status=lost");
        var strange = Map.of("recipent", " ann ", "session", "s1", "client", "", "status", "delivered");
        assertThat(TracePage.passedOver(strange, new TracePage().parameters(), List.of("delivered")))
                .containsExactly("recipent=ann");
        assertThat(TracePage.passedOver(strange, new OwnTracePage().parameters(), List.of("delivered")))
                .containsExactly("recipent=ann", "session=s1");
        assertThat(TracePage.passedOver(Map.of("x", "y".repeat(500)), Set.of(), List.of()))
                .singleElement()
                .asString()
                .hasSize(81);
    }
}
