package org.mailroom.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrakeTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Brake brake = new Brake(3, Duration.ofMinutes(1), () -> now);

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            brake.failed("alice");
        }
    }

    @Test
    void the_first_failures_cost_nothing() {
        fail(2);
        assertThat(brake.wait("alice")).isZero();
        assertThat(brake.wait("bob")).isZero();
    }

    @Test
    void each_further_failure_doubles_the_wait_up_to_the_longest() {
        fail(3);
        assertThat(brake.wait("alice")).isEqualTo(Duration.ofSeconds(1));
        fail(2);
        assertThat(brake.wait("alice")).isEqualTo(Duration.ofSeconds(4));
        fail(1000);
        assertThat(brake.wait("alice")).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void who_waits_may_try_and_is_slowed_further_when_he_fails_again() {
        fail(4);
        now = now.plusSeconds(2);
        assertThat(brake.wait("alice")).isZero();
        fail(1);
        assertThat(brake.wait("alice")).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void all_is_forgiven_by_success_and_by_an_hour_of_quiet() {
        fail(9);
        brake.forgive("alice");
        assertThat(brake.wait("alice")).isZero();
        fail(9);
        now = now.plus(Brake.FORGOTTEN).plusSeconds(1);
        fail(1);
        assertThat(brake.wait("alice")).isZero();
    }

    /** Begins on another thread, and is there when that waits for its turn. */
    private CompletableFuture<Duration> waiting() throws InterruptedException {
        var left = new CompletableFuture<Duration>();
        var thread = Thread.ofPlatform().daemon().start(() -> {
            try (var turn = brake.begin("alice")) {
                left.complete(turn.left());
            } catch (Passwords.Busy e) {
                left.completeExceptionally(e);
            }
        });
        var until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (thread.getState() != Thread.State.TIMED_WAITING && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        assertThat(left).isNotDone();
        return left;
    }

    @Test
    void one_try_alone_is_looked_at_after_the_free_ones_and_the_others_wait_for_what_becomes_of_it() throws Exception {
        fail(3);
        now = now.plusSeconds(2);
        CompletableFuture<Duration> next;
        try (var turn = brake.begin("alice")) {
            assertThat(turn.left()).isZero();
            next = waiting();
            fail(1);
        }
        assertThat(next.get(5, TimeUnit.SECONDS)).isEqualTo(Duration.ofSeconds(2));
        now = now.plusSeconds(3);
        try (var turn = brake.begin("alice")) {
            assertThat(turn.left()).isZero();
            next = waiting();
            brake.forgive("alice");
        }
        assertThat(next.get(5, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void as_many_are_looked_at_together_as_may_fail_freely_and_one_that_comes_to_nothing_gives_its_place()
            throws Exception {
        fail(1);
        try (var first = brake.begin("alice")) {
            CompletableFuture<Duration> third;
            try (var second = brake.begin("alice");
                    var other = brake.begin("bob")) {
                assertThat(List.of(first.left(), second.left(), other.left())).containsOnly(Duration.ZERO);
                third = waiting();
            }
            assertThat(third.get(5, TimeUnit.SECONDS)).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.0/8, 127.9.9.9, true",
        "127.0.0.0/8, 128.0.0.1, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.200, true",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::1, 127.0.0.1, false"
    })
    void a_network_contains_its_addresses(String network, String address, boolean contained) {
        assertThat(Network.parse(network).contains(InetAddress.ofLiteral(address)))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "example.org", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "300.0.0.1", ":::", "::/129"})
    void what_is_no_network_is_refused(String text) {
        assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
