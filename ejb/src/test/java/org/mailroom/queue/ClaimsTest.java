package org.mailroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.queue.Claims.Choice;

class ClaimsTest {
    private final TestQueue queue = new TestQueue();
    private final Claims one = queue.claims("one");
    private final Claims other = queue.claims("other");

    @Test
    void a_claim_carries_all_that_sending_needs() throws Exception {
        var envelope = new Envelope(
                "a@here.test",
                Map.of("ENVID", "QQ314159", "RET", "HDRS"),
                List.of(
                        new Envelope.Recipient(
                                "x@There.test", Map.of("NOTIFY", "SUCCESS,FAILURE", "ORCPT", "rfc822;x@t")),
                        Envelope.Recipient.of("y@there.test"),
                        Envelope.Recipient.of("z@elsewhere.test")));
        var queueId = queue.submit(
                envelope, "Return-Path: <a@here.test>\r\nSubject: hi\r\nMessage-ID: <7@h>\r\n\r\ntext\r\n");
        var batch = one.claim("there.test", 10, Choice.ALL).getFirst();
        assertThat(batch.queueId()).isEqualTo(queueId);
        assertThat(batch.reversePath()).isEqualTo("a@here.test");
        assertThat(batch.parameters()).containsEntry("ENVID", "QQ314159").containsEntry("RET", "HDRS");
        assertThat(batch.subject()).isEqualTo("hi");
        assertThat(batch.messageId()).isEqualTo("7@h");
        assertThat(batch.whole()).isFalse();
        assertThat(batch.addressees().stream().map(Batch.Addressee::address))
                .containsExactly("x@There.test", "y@there.test");
        assertThat(batch.addressees().getFirst().parameters()).containsEntry("ORCPT", "rfc822;x@t");
        assertThat(batch.addressees().getLast().parameters()).isEmpty();
        assertThat(Duration.between(batch.created(), batch.expires())).isEqualTo(Duration.ofDays(5));
        assertThat(other.claim("elsewhere.test", 10, Choice.ALL)).hasSize(1);
    }

    @Test
    void two_who_claim_at_once_never_get_the_same() throws Exception {
        for (int i = 0; i < 200; i++) {
            queue.submit("a@here.test", "x" + i + "@there.test", "y" + i + "@there.test");
        }
        var barrier = new CyclicBarrier(4);
        Callable<List<Long>> claimer = () -> {
            var claims = queue.claims("node");
            var mine = new ArrayList<Long>();
            barrier.await();
            for (int vain = 0; vain < 5; ) {
                var ids = claims.claim("there.test", 7, Choice.ALL).stream()
                        .flatMap(batch -> batch.ids().stream())
                        .toList();
                mine.addAll(ids);
                vain = ids.isEmpty() ? vain + 1 : 0;
            }
            return mine;
        };
        try (var threads = Executors.newFixedThreadPool(4)) {
            var claimed = new ArrayList<Long>();
            for (var each : threads.invokeAll(List.of(claimer, claimer, claimer, claimer))) {
                claimed.addAll(each.get());
            }
            assertThat(claimed).hasSize(400).doesNotHaveDuplicates();
        }
    }

    @Test
    void what_is_claimed_comes_back_when_its_lease_runs_out_or_its_node_starts_anew() throws Exception {
        queue.submit("a@here.test", "x@there.test");
        assertThat(one.claim("there.test", 1, Choice.ALL)).hasSize(1);
        assertThat(other.claim("there.test", 1, Choice.ALL)).isEmpty();
        assertThat(other.freeOverdue().recipients()).isZero();
        queue.sql("UPDATE queued_recipient SET lease_until = now() - interval '1 second'");
        assertThat(other.freeOverdue().recipients()).isOne();
        assertThat(other.claim("there.test", 1, Choice.ALL)).hasSize(1);
        assertThat(one.takeOver().recipients()).isZero();
        var reborn = queue.claims("other");
        assertThat(reborn.takeOver().recipients()).isOne();
        assertThat(reborn.claim("there.test", 1, Choice.ALL)).hasSize(1);
    }

    private Claims.Freed diesOver(int most) throws Exception {
        var node = queue.claims("mortal");
        assertThat(node.claim("there.test", most, Choice.ALL)).isNotEmpty();
        return queue.claims("mortal").takeOver();
    }

    @Test
    void what_kills_whoever_sends_it_is_set_aside_and_takes_no_other_with_it() throws Exception {
        var killer = queue.submit("a@here.test", "x@there.test");
        queue.submit("a@here.test", "y@there.test");
        queue.submit("a@here.test", "z@there.test");
        assertThat(diesOver(10).recipients()).isEqualTo(3);
        queue.sql("UPDATE queued_recipient SET next_attempt = now() - interval '1 hour' WHERE id = 1");
        for (int deaths = 2; deaths < Claims.MOST_INTERRUPTIONS; deaths++) {
            assertThat(diesOver(10)).isEqualTo(new Claims.Freed(1, List.of()));
            queue.sql("UPDATE queued_recipient SET next_attempt = now() - interval '1 hour' WHERE id = 1");
        }
        assertThat(diesOver(10).setAside())
                .singleElement()
                .satisfies(step -> assertThat(step.queueId()).isEqualTo(killer));
        assertThat(queue.rows("SELECT state, interruptions, substring(last_text FROM 1 FOR 33) FROM queued_recipient"
                        + " ORDER BY id"))
                .containsExactly(
                        "poison 5 interrupted while sending 5 times",
                        "waiting 1 interrupted while sending; a seco",
                        "waiting 1 interrupted while sending; a seco");
        assertThat(one.claim("there.test", 10, Choice.ALL)).hasSize(1);
        assertThat(one.claim("there.test", 10, Choice.ALL)).hasSize(1);
        assertThat(one.claim("there.test", 10, Choice.ALL)).isEmpty();
    }

    @Test
    void a_lease_lasts_while_it_is_renewed_and_ends_when_it_is_given_back() throws Exception {
        queue.submit("a@here.test", "x@there.test");
        var ids = one.claim("there.test", 1, Choice.ALL).getFirst().ids();
        queue.sql("UPDATE queued_recipient SET lease_until = now() - interval '1 second'");
        one.renew(ids);
        assertThat(other.freeOverdue().recipients()).isZero();
        other.release(ids);
        assertThat(other.claim("there.test", 1, Choice.ALL)).isEmpty();
        one.release(ids);
        assertThat(other.claim("there.test", 1, Choice.ALL)).hasSize(1);
    }

    @Test
    void domains_for_which_something_is_due_are_found() throws Exception {
        for (var domain : List.of("a.test", "b.test", "c.test")) {
            for (int i = 0; i < 3; i++) {
                queue.submit("a@here.test", i + "@" + domain);
            }
        }
        queue.sql("UPDATE queued_recipient SET next_attempt = now() + interval '1 hour' WHERE domain = 'b.test'");
        assertThat(one.dueDomains()).containsExactlyInAnyOrder("a.test", "c.test");
        queue.sql("UPDATE queued_recipient SET state = 'held' WHERE domain = 'a.test'");
        assertThat(one.dueDomains()).containsExactly("c.test");
    }

    @Test
    void what_is_put_off_waits_with_the_reason_unless_its_time_is_over() throws Exception {
        queue.submit("a@here.test", "x@there.test");
        queue.submit("a@here.test", "y@there.test");
        queue.sql("UPDATE queued_recipient SET expires = now() WHERE id = 2");
        var trouble = new Outcome(Outcome.Kind.DEFERRED, 0, "4.4.1", "connection refused");
        assertThat(one.postpone("there.test", Instant.now().plusSeconds(60), trouble, "mx[1]:25"))
                .isOne();
        assertThat(queue.rows("SELECT address, last_text FROM queued_recipient WHERE next_attempt > now()"))
                .containsExactly("x@there.test connection refused");
        assertThat(one.claim("there.test", 10, Choice.URGENT)).hasSize(1);
    }

    @Test
    void what_a_pause_puts_off_is_woken_by_a_resume_at_the_same_time() throws Exception {
        for (int round = 0; round < 50; round++) {
            queue.submit("a@here.test", "x@there.test");
            queue.house.bean(Destinations.class).pause("there.test", "olga");
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var halt = Halt.paused(Instant.now());
                var putOff = threads.submit(() -> one.postponePaused("there.test", halt.until(), halt.outcome()));
                var resumed = threads.submit(() -> queue.house.inTransaction(
                        () -> queue.house.bean(Destinations.class).resume("there.test")));
                putOff.get();
                assertThat(resumed.get()).isTrue();
            }
            assertThat(queue.rows("SELECT id FROM queued_recipient WHERE next_attempt > now()"))
                    .isEmpty();
        }
        assertThat(one.postponePaused(
                        "there.test", Instant.now(), Halt.paused(Instant.now()).outcome()))
                .isFalse();
    }

    @Test
    void a_paused_domain_waits() throws Exception {
        queue.submit("a@here.test", "x@there.test");
        queue.submit("a@here.test", "y@other.test");
        queue.house.bean(Destinations.class).pause("there.test", "olga");
        var halt = Halt.paused(Instant.now());
        assertThat(one.postponePaused("there.test", halt.until(), halt.outcome()))
                .isTrue();
        assertThat(one.claim("there.test", 10, Choice.ALL)).isEmpty();
        assertThat(one.claim("other.test", 10, Choice.ALL)).hasSize(1);
    }

    @Test
    void a_message_for_many_goes_in_pieces_of_a_hundred() throws Exception {
        var many = java.util.stream.IntStream.range(0, 250)
                .mapToObj(i -> i + "@there.test")
                .toArray(String[]::new);
        queue.submit("a@here.test", many);
        var batches = one.claim("there.test", 1, Choice.ALL);
        assertThat(batches.stream().map(batch -> batch.addressees().size())).containsExactly(100, 100, 50);
        assertThat(batches).noneMatch(Batch::whole);
    }
}
