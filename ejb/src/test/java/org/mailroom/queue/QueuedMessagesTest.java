package org.mailroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The queue as administration sees it. */
class QueuedMessagesTest {
    private final TestQueue queue = new TestQueue();
    private final QueueDeeds deeds = queue.house.bean(QueueDeeds.class);
    private final QueuedMessages messages = queue.house.bean(QueuedMessages.class);

    private List<String> found(String filter) throws Exception {
        return queue.house.inTransaction(() -> messages.list(QueueFilter.of(filter), 0, 10).stream()
                .map(QueuedMessages.Listed::reversePath)
                .toList());
    }

    @Test
    void entries_are_found_by_id_and_by_parts_of_addresses() throws Exception {
        var queueId = queue.submit("Alice@here.test", "x@there.test");
        queue.submit("bob@here.test", "100%_y@elsewhere.test");
        assertThat(found("")).containsExactly("Alice@here.test", "bob@here.test");
        assertThat(found(queueId.toLowerCase(java.util.Locale.ROOT))).containsExactly("Alice@here.test");
        assertThat(found("ALICE")).containsExactly("Alice@here.test");
        assertThat(found("@ELSEWHERE")).containsExactly("bob@here.test");
        assertThat(found("0%_y")).containsExactly("bob@here.test");
        assertThat(found("%")).containsExactly("bob@here.test");
        assertThat((long) queue.house.inTransaction(() -> messages.count(QueueFilter.of("here"))))
                .isEqualTo(2);
    }

    @Test
    void who_sees_some_domains_sees_of_other_peoples_mail_only_what_goes_to_them() throws Exception {
        queue.submit("ann@Mine.test", "x@there.test", "y@elsewhere.test");
        queue.submit("bob@other.test", "z@mine.test", "hidden@elsewhere.test");
        var mine = QueueFilter.ALL.within(Set.of("mine.test"));
        var seen = queue.house.inTransaction(() -> messages.list(mine, 0, 10));
        assertThat(seen.getFirst().recipients()).hasSize(2);
        assertThat(seen.getLast().recipients())
                .extracting(QueuedMessages.To::address)
                .containsExactly("z@mine.test");
    }

    @Test
    void an_entry_tells_why_it_waits() throws Exception {
        queue.submit("alice@here.test", "x@there.test", "y@there.test");
        queue.sql(
                "UPDATE queued_recipient SET last_status = '4.4.1', last_text = 'refused', attempts = 3 WHERE id = 1");
        var entry = queue.house.inTransaction(() -> messages.find(1)).orElseThrow();
        assertThat(entry.subject()).isEqualTo("hello");
        assertThat(entry.recipients().getFirst().lastReply()).isEqualTo("4.4.1 refused");
        assertThat(entry.recipients().getLast().lastAttempt()).isNull();
    }

    @Test
    void a_retry_makes_due_what_waits_and_what_was_set_aside() throws Exception {
        queue.submit("alice@here.test", "x@there.test", "y@there.test");
        queue.sql("UPDATE queued_recipient SET next_attempt = now() + interval '1 hour'");
        queue.sql("UPDATE queued_recipient SET state = 'poison' WHERE id = 2");
        assertThat(queue.claims("node").dueDomains()).isEmpty();
        assertThat(queue.house
                        .inTransaction(() -> deeds.retry(QueueFilter.of(List.of(1L)), "admin"))
                        .messages())
                .isOne();
        assertThat(queue.claims("node")
                        .claim("there.test", 1, Claims.Choice.ALL)
                        .getFirst()
                        .addressees())
                .hasSize(2);
        assertThat(queue.house
                        .inTransaction(() -> deeds.retry(QueueFilter.of(List.of(99L)), "admin"))
                        .messages())
                .isZero();
    }

    @Test
    void a_deleted_entry_leaves_a_trace_and_lets_go_of_its_message() throws Exception {
        queue.submit("alice@here.test", "x@there.test");
        assertThat(queue.house
                        .inTransaction(() -> deeds.delete(QueueFilter.of(List.of(1L)), "admin@here.test"))
                        .messages())
                .isOne();
        assertThat(queue.rows("SELECT count(*) FROM queued_recipient")).containsExactly("0");
        assertThat(queue.rows("SELECT message_id FROM message_release")).containsExactly("1");
        assertThat(queue.rows("SELECT step, recipient, client, detail FROM trace"))
                .containsExactly("discarded x@there.test admin@here.test deleted from the queue");
    }

    private QueueFilter filter(String state, String domain, String reply) {
        return new QueueFilter(List.of(), "", state, domain, "", "", reply, null, null);
    }

    @Test
    void a_filter_finds_by_state_domain_reply_and_age() throws Exception {
        queue.submit("a@here.test", "x@there.test");
        queue.submit("b@here.test", "y@sub.there.test", "z@there.test");
        queue.sql("UPDATE queued_recipient SET state = 'held', last_text = 'mailbox 100% full' WHERE id = 2");
        queue.sql("UPDATE queued_message SET created = now() - interval '3 hours' WHERE id = 1");
        assertThat(count(filter("held", "", ""))).isOne();
        assertThat(count(filter("", "There.test", ""))).isEqualTo(2);
        assertThat(count(filter("", "*.there.test", ""))).isOne();
        assertThat(count(filter("", "", "100% FULL"))).isOne();
        assertThat(count(filter("waiting", "*.there.test", ""))).isZero();
        var old = new QueueFilter(List.of(), "", "", "", "", "", "", java.time.Duration.ofHours(2), null);
        assertThat(count(old)).isOne();
    }

    private long count(QueueFilter filter) throws Exception {
        return queue.house.inTransaction(() -> messages.count(filter));
    }

    @Test
    void what_is_held_waits_for_its_release_and_says_who_holds_it() throws Exception {
        queue.submit("a@here.test", "x@there.test", "y@elsewhere.test");
        queue.submit("b@here.test", "z@there.test");
        var there = filter("", "there.test", "");
        var held = queue.house.inTransaction(() -> deeds.hold(there, "admin@here.test"));
        assertThat(held).isEqualTo(new QueueDeeds.Done(2, 2));
        assertThat(queue.claims("node").dueDomains()).containsExactly("elsewhere.test");
        assertThat(queue.rows("SELECT DISTINCT held_by FROM queued_recipient WHERE held_at IS NOT NULL"))
                .containsExactly("admin@here.test");
        var flush = queue.house.bean(Flush.class);
        assertThat(queue.house.inTransaction(() -> flush.domain("there.test"))).isZero();
        queue.house.inTransaction(() -> deeds.release(filter("held", "", ""), "admin@here.test"));
        assertThat(queue.claims("node").claim("there.test", 5, Claims.Choice.ALL))
                .hasSize(2);
        assertThat(queue.rows("SELECT detail, count(*) FROM trace GROUP BY detail ORDER BY 1"))
                .containsExactly("held 2", "released 2");
    }

    @Test
    void what_is_being_sent_is_left_alone_by_all_but_deletion() throws Exception {
        queue.submit("a@here.test", "x@there.test", "y@elsewhere.test");
        queue.claims("node").claim("there.test", 1, Claims.Choice.ALL);
        var all = QueueFilter.ALL;
        assertThat(queue.house.inTransaction(() -> deeds.hold(all, "a")).recipients())
                .isOne();
        assertThat(queue.house
                        .inTransaction(() -> deeds.reroute(all, "smtp://h:25", "a"))
                        .recipients())
                .isOne();
        assertThat(queue.house.inTransaction(() -> deeds.giveUp(all, "a")).recipients())
                .isOne();
        assertThat(queue.rows("SELECT state, route, given_up FROM queued_recipient ORDER BY id"))
                .containsExactly("sending  ", "waiting smtp://h:25 a");
        var elsewhere = filter("", "elsewhere.test", "");
        assertThat(queue.house.inTransaction(() -> deeds.delete(elsewhere, "a")).recipients())
                .isOne();
        assertThat(queue.rows("SELECT count(*) FROM queued_message")).containsExactly("1");
        assertThat(queue.house.inTransaction(() -> deeds.delete(all, "a")).recipients())
                .isOne();
        assertThat(queue.rows("SELECT count(*) FROM queued_message")).containsExactly("0");
        assertThat(queue.rows("SELECT count(*) FROM message_release")).containsExactly("1");
    }

    @Test
    void a_flush_lets_go_what_a_route_holds() throws Exception {
        queue.submit("a@here.test", "x@there.test");
        queue.submit("a@here.test", "x@sub.there.test");
        queue.claims("node").park("there.test");
        var flush = queue.house.bean(Flush.class);
        assertThat(queue.house.inTransaction(() -> flush.domain("*.there.test")))
                .isOne();
        assertThat(queue.claims("node").claim("there.test", 1, Claims.Choice.RELEASED))
                .isEmpty();
        assertThat(queue.house.inTransaction(() -> flush.domain("there.test"))).isOne();
        assertThat(queue.claims("node").claim("there.test", 1, Claims.Choice.RELEASED))
                .hasSize(1);
        assertThat(queue.house.inTransaction(() -> flush.domain("*"))).isOne();
    }

    @Test
    void a_destination_is_paused_and_resumed_and_tells_how_it_stands() throws Exception {
        var destinations = queue.house.bean(Destinations.class);
        queue.submit("a@here.test", "x@there.test", "y@there.test");
        queue.claims("node").claim("there.test", 1, Claims.Choice.ALL);
        queue.submit("a@here.test", "z@there.test");
        assertThat((boolean) queue.house.inTransaction(() -> destinations.pause("there.test", "a")))
                .isTrue();
        assertThat((boolean) queue.house.inTransaction(() -> destinations.pause("there.test", "b")))
                .isFalse();
        assertThat((boolean) queue.house.inTransaction(() -> destinations.pause("idle.test", "b")))
                .isTrue();
        var listed = queue.house.inTransaction(destinations::list);
        assertThat(listed).extracting(Destinations.Listed::domain).containsExactly("there.test", "idle.test");
        assertThat(listed.getFirst().sending()).isEqualTo(2);
        assertThat(listed.getFirst().waiting()).isOne();
        assertThat(listed.getFirst().pausedBy()).isEqualTo("a");
        assertThat((boolean) queue.house.inTransaction(() -> destinations.resume("there.test")))
                .isTrue();
        assertThat((boolean) queue.house.inTransaction(() -> destinations.resume("there.test")))
                .isFalse();
    }
}
