package org.mailroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.Envelope;
import org.mailroom.queue.Claims.Choice;

/** What senders and operators ask of the queue, as its rows keep it: RFC 6710, RFC 4865, RFC 2852, rules, rates and pauses. */
class QueueRowsTest {
    private static final String TEXT = "Return-Path: <a@here.test>\r\nSubject: hi\r\n\r\ntext\r\n";

    private final TestQueue queue = new TestQueue();
    private final Claims claims = queue.claims("one");
    private final DeliveryRules rules = queue.house.bean(DeliveryRules.class);

    private String submit(Map<String, String> parameters, Map<String, String> ofRecipient) throws Exception {
        var to = List.of(new Envelope.Recipient("x@there.test", ofRecipient));
        return queue.submit(new Envelope("a@here.test", parameters, to), TEXT);
    }

    private String submit(Map<String, String> parameters) throws Exception {
        return submit(parameters, Map.of());
    }

    private List<String> claimed(int most) throws Exception {
        return claims.claim("there.test", most, Choice.ALL).stream()
                .map(Batch::queueId)
                .toList();
    }

    /** Whole minutes from now, rounded. */
    private List<String> minutes(String column) throws Exception {
        return queue.rows(
                "SELECT round(extract(epoch FROM " + column + " - now()) / 60)::int FROM queued_recipient ORDER BY id");
    }

    private void rule(DeliveryRules.Rule rule) throws Exception {
        queue.house.inTransaction(() -> rules.put(rule));
        queue.house.bean(DeliveryTerms.class).refresh();
    }

    @Test
    void the_higher_priority_leaves_first_and_of_one_priority_the_older() throws Exception {
        var low = submit(Map.of("MT-PRIORITY", "-4"));
        var first = submit(Map.of());
        var second = submit(Map.of("MT-PRIORITY", "0"));
        var high = submit(Map.of("MT-PRIORITY", "9"));
        assertThat(claimed(1)).containsExactly(high);
        assertThat(claimed(2)).containsExactly(first, second);
        assertThat(claimed(2)).containsExactly(low);
    }

    @Test
    void claims_of_a_long_queue_read_no_more_than_they_take() throws Exception {
        for (int i = 0; i < 300; i++) {
            queue.submit("a@here.test", i + "@there.test");
        }
        queue.sql("ANALYZE queued_recipient");
        var plan = String.join("\n", queue.rows("""
                        EXPLAIN SELECT r.id FROM queued_recipient r
                        WHERE r.domain = 'there.test' AND r.state = 'waiting' AND r.next_attempt <= now() AND true
                        ORDER BY r.priority DESC, r.next_attempt, r.id LIMIT 10 FOR UPDATE SKIP LOCKED"""));
        assertThat(plan).contains("queued_recipient_turn").doesNotContain("Sort");
    }

    @Test
    void what_is_held_for_a_time_neither_leaves_nor_grows_old_meanwhile() throws Exception {
        submit(Map.of("HOLDFOR", "3600"));
        submit(Map.of("HOLDUNTIL", Instant.now().plusSeconds(7200).toString()));
        submit(Map.of("HOLDUNTIL", "1999-12-31T23:59:59Z"));
        assertThat(minutes("next_attempt")).containsExactly("60", "120", "0");
        assertThat(minutes("expires")).containsExactly("7260", "7320", "7200");
        assertThat(minutes("notice")).containsExactly("300", "360", "240");
        assertThat(claimed(10)).hasSize(1);
    }

    @Test
    void a_deadline_ends_it_or_is_told() throws Exception {
        submit(Map.of("BY", "120;R"));
        submit(Map.of("BY", "120;N"));
        submit(Map.of("BY", "-5;NT"));
        assertThat(minutes("expires")).containsExactly("2", "7200", "7200");
        assertThat(minutes("notice")).containsExactly("240", "2", "0");
    }

    @Test
    void nobody_is_told_of_a_delay_who_did_not_want_it() throws Exception {
        submit(Map.of(), Map.of("NOTIFY", "SUCCESS,FAILURE"));
        submit(Map.of("BY", "120;N"), Map.of("NOTIFY", "NEVER"));
        submit(Map.of(), Map.of("NOTIFY", "FAILURE,DELAY"));
        assertThat(minutes("notice")).containsExactly("null", "null", "240");
    }

    @Test
    void a_rule_of_a_domain_wins_over_those_above_it_and_the_settings() throws Exception {
        var minute = java.time.Duration.ofMinutes(1);
        rule(new DeliveryRules.Rule("*", null, null, minute.multipliedBy(30), null, 7, null, null));
        rule(new DeliveryRules.Rule(
                "there.test", minute, null, minute.multipliedBy(60), java.time.Duration.ZERO, null, 30, null));
        submit(Map.of());
        queue.submit("a@here.test", "y@elsewhere.test");
        assertThat(minutes("expires")).containsExactly("60", "30");
        assertThat(minutes("notice")).containsExactly("null", "240");
        var terms = queue.house.bean(DeliveryTerms.class).of("there.test");
        assertThat(terms.concurrency()).isEqualTo(7);
        assertThat(terms.schedule().first()).isEqualTo(minute);
        assertThat(terms.schedule().longest()).hasHours(4);
        queue.house.inTransaction(() -> rules.remove("there.test"));
        queue.house.bean(DeliveryTerms.class).refresh();
        assertThat(queue.house.bean(DeliveryTerms.class).of("there.test").perMinute())
                .isZero();
    }

    @Test
    void so_many_a_minute_leave_on_all_nodes_together() throws Exception {
        var other = queue.claims("other");
        assertThat(claims.allowance("there.test", 20, 100)).isEqualTo(10);
        assertThat(other.allowance("there.test", 20, 100)).isZero();
        queue.sql("UPDATE destination SET rate_free = rate_free - interval '3 seconds'");
        assertThat(other.allowance("there.test", 20, 100)).isEqualTo(5);
        other.unused("there.test", 2, 100);
        assertThat(claims.allowance("there.test", 20, 100)).isEqualTo(2);
        assertThat(claims.allowance("elsewhere.test", 5, 1)).isOne();
        assertThat(claims.allowance("elsewhere.test", 5, 1)).isZero();
    }

    @Test
    void what_a_route_holds_waits_until_it_is_released_or_urgent() throws Exception {
        submit(Map.of());
        submit(Map.of());
        assertThat(claims.park("there.test")).isEqualTo(2);
        assertThat(claims.dueDomains()).isEmpty();
        assertThat(claims.unpark()).isZero();
        queue.sql("UPDATE queued_recipient SET notice = now() WHERE id = 2");
        assertThat(claims.unpark()).isOne();
        assertThat(claims.park("there.test")).isZero();
        assertThat(claims.claim("there.test", 10, Choice.RELEASED)).isEmpty();
        assertThat(claims.claim("there.test", 10, Choice.URGENT_AND_HELD)).hasSize(1);
    }
}
