package org.mailroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SentTogetherTest {
    private final TestQueue queue = new TestQueue();
    private final List<Integer> sizes = new CopyOnWriteArrayList<>();

    private static Sent sent(Batch batch) {
        var results = batch.addressees().stream()
                .map(to -> new Attempt.Result(to, ScriptedRelays.taken(), "one.test", ""))
                .toList();
        return new Sent(batch, new Judgement(results, List.of(), List.of()));
    }

    private List<Sent> some(Claims claims, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            queue.submit("alice@here.test", i + "@there.test", i + "a@there.test");
        }
        return claims.claim("there.test", count * 2, Claims.Choice.ALL).stream()
                .map(SentTogetherTest::sent)
                .toList();
    }

    @Test
    void those_that_come_while_one_is_written_are_written_in_one_go() throws Exception {
        var claims = queue.claims("node");
        var all = some(claims, 8);
        var began = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var together = new SentTogether(list -> {
            sizes.add(list.size());
            began.countDown();
            try {
                assertThat(goOn.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return queue.settlement().settle(list, claims.holder());
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<Boolean>>();
            answers.add(threads.submit(() -> together.settle(all.getFirst())));
            assertThat(began.await(10, TimeUnit.SECONDS)).isTrue();
            for (var sent : all.subList(1, 8)) {
                answers.add(threads.submit(() -> together.settle(sent)));
            }
            while (together.waiting() < 7) {
                Thread.onSpinWait();
            }
            goOn.countDown();
            for (var answer : answers) {
                assertThat(answer.get(10, TimeUnit.SECONDS)).isTrue();
            }
        }
        assertThat(sizes).containsExactly(1, 7);
        assertThat(queue.rows("SELECT count(*) FROM queued_message")).containsExactly("0");
        assertThat(queue.rows("SELECT count(*) FROM queued_recipient")).containsExactly("0");
        assertThat(queue.rows("SELECT count(*) FROM message_release")).containsExactly("8");
        assertThat(queue.rows("SELECT count(*) FROM trace WHERE step = 'relayed'"))
                .containsExactly("16");
    }

    @Test
    void where_one_is_no_longer_ours_none_is_written_and_each_is_tried_alone() throws Exception {
        var claims = queue.claims("node");
        var all = some(claims, 3);
        queue.sql("UPDATE queued_recipient SET lease_node = 'other' WHERE address = '1@there.test'");
        assertThat(queue.settlement().settle(all, claims.holder())).isFalse();
        assertThat(queue.rows("SELECT count(*) FROM queued_recipient")).containsExactly("6");
        assertThat(queue.rows("SELECT count(*) FROM trace WHERE step = 'relayed'"))
                .containsExactly("0");
    }

    @Test
    void a_fault_is_left_to_the_attempt_alone() throws Exception {
        var together = new SentTogether(list -> {
            throw new IllegalStateException("trouble");
        });
        assertThat(together.settle(some(queue.claims("node"), 1).getFirst())).isFalse();
    }
}
