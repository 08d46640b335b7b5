package org.mailroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.relay.Outcome;

class DispatchTest {
    private static final RetrySchedule SCHEDULE =
            new RetrySchedule(Duration.ofMinutes(5), Duration.ofHours(4), Duration.ofDays(5));
    private static final Outcome REFUSED = new Outcome(Outcome.Kind.DEFERRED, 0, "4.4.1", "refused");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void close() {
        end.countDown();
        threads.close();
    }

    private void hang() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void fifty_hosts_that_hang_do_not_stop_one_that_answers() throws Exception {
        var started = new Semaphore(0);
        var answered = new Semaphore(0);
        var dispatch = new Dispatch(threads, 40, domain -> 20, destination -> {
            if (destination.domain.startsWith("dead")) {
                started.release();
                hang();
            } else {
                destination.answered();
                answered.release();
            }
            return false;
        });
        dispatch.wake("live.test", false);
        assertThat(answered.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 50; i++) {
            dispatch.wake("dead" + i + ".test", false);
        }
        assertThat(started.tryAcquire(30, 10, TimeUnit.SECONDS))
                .as("three quarters")
                .isTrue();
        dispatch.wake("live.test", false);
        assertThat(answered.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        assertThat(started.tryAcquire()).as("no more than three quarters").isFalse();
    }

    @Test
    void who_rests_begins_nothing_and_goes_on_later() throws Exception {
        var turns = new Semaphore(0);
        var dispatch = new Dispatch(threads, 10, domain -> 5, destination -> {
            turns.release();
            return false;
        });
        dispatch.rest(true);
        dispatch.wake("there.test", false);
        assertThat(dispatch.active()).isZero();
        assertThat(turns.availablePermits()).isZero();
        dispatch.rest(false);
        assertThat(turns.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_destination_is_never_worked_for_by_more_than_its_window() throws Exception {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var turns = new Semaphore(0);
        var left = new AtomicInteger(2000);
        var dispatch = new Dispatch(threads, 100, domain -> 5, destination -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            destination.answered();
            Thread.yield();
            now.decrementAndGet();
            turns.release();
            return left.decrementAndGet() > 0;
        });
        for (int i = 0; i < 100; i++) {
            dispatch.wake("there.test", false);
        }
        assertThat(turns.tryAcquire(2000, 20, TimeUnit.SECONDS)).isTrue();
        assertThat(most.get()).isLessThanOrEqualTo(5);
    }

    @Test
    void who_is_woken_while_all_are_at_work_gets_another_turn() throws Exception {
        var gate = new Semaphore(0);
        var begun = new Semaphore(0);
        var dispatch = new Dispatch(threads, 100, domain -> 1, destination -> {
            begun.release();
            gate.acquireUninterruptibly();
            return false;
        });
        dispatch.wake("there.test", false);
        assertThat(begun.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        dispatch.wake("there.test", false);
        gate.release(2);
        assertThat(begun.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_backlog_is_worked_for_by_as_many_as_may() throws Exception {
        var first = new AtomicBoolean(true);
        var begun = new Semaphore(0);
        var dispatch = new Dispatch(threads, 100, domain -> 5, destination -> {
            begun.release();
            if (first.getAndSet(false)) {
                for (int i = 0; i < 10; i++) {
                    destination.answered();
                }
                destination.claimed(2, 2);
                return true;
            }
            hang();
            return false;
        });
        dispatch.wake("there.test", false);
        assertThat(begun.tryAcquire(1 + 5, 10, TimeUnit.SECONDS)).isTrue();
        assertThat(begun.tryAcquire()).isFalse();
    }

    @Test
    void a_claim_that_found_less_than_it_wanted_ends_the_backlog() {
        var destination = new Destination("there.test", () -> 5);
        destination.claimed(2, 2);
        assertThat(destination.hasBacklog()).isTrue();
        destination.claimed(0, 2);
        assertThat(destination.hasBacklog()).isFalse();
    }

    @Test
    void a_turn_that_failed_frees_its_place() throws Exception {
        var turns = new java.util.concurrent.LinkedBlockingQueue<String>();
        var dispatch = new Dispatch(threads, 1, domain -> 1, destination -> {
            turns.add(destination.domain);
            throw new IllegalStateException("surprise");
        });
        for (int i = 0; i < 3; i++) {
            dispatch.wake("there.test", true);
            assertThat(turns.poll(10, TimeUnit.SECONDS)).isEqualTo("there.test");
        }
    }

    @Test
    void those_with_much_to_do_let_others_in_between() throws Exception {
        var order = new CopyOnWriteArrayList<String>();
        var done = new CountDownLatch(2);
        var first = new Semaphore(0);
        var dispatch = new Dispatch(threads, 1, domain -> 1, destination -> {
            order.add(destination.domain);
            if (order.size() == 1) {
                first.acquireUninterruptibly();
            }
            boolean busy = destination.domain.equals("busy.test") && order.size() < 10;
            if (!busy) {
                done.countDown();
            }
            return busy;
        });
        dispatch.wake("busy.test", false);
        dispatch.wake("small.test", false);
        first.release();
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(order.indexOf("small.test")).isEqualTo(1);
    }

    @Test
    void a_silent_destination_pauses_longer_each_time_until_it_answers() {
        var destination = new Destination("there.test", () -> 20);
        var now = Instant.parse("2026-03-01T12:00:00Z");
        destination.silent(REFUSED, "", SCHEDULE, now);
        assertThat(destination.pausedUntil()).isEqualTo(now.plus(Duration.ofMinutes(5)));
        destination.silent(REFUSED, "", SCHEDULE, now);
        assertThat(destination.pausedUntil()).isEqualTo(now.plus(Duration.ofMinutes(10)));
        assertThat(destination.window()).isOne();
        assertThat(destination.isPaused(now)).isTrue();
        destination.answered();
        assertThat(destination.isPaused(now)).isFalse();
        assertThat(destination.window()).isEqualTo(2);
    }
}
