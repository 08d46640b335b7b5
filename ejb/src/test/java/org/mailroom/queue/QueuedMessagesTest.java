package org.mailroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The queue as administration sees it. */
class QueuedMessagesTest {
    private final TestQueue queue = new TestQueue();
    private final QueuedMessages messages = queue.house.bean(QueuedMessages.class);

    private List<String> found(String filter) throws Exception {
        return queue.house.inTransaction(() -> messages.list(filter, 0, 10).stream()
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
        assertThat((long) queue.house.inTransaction(() -> messages.count("here")))
                .isEqualTo(2);
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
        assertThat((boolean) queue.house.inTransaction(() -> messages.retry(1, "admin")))
                .isTrue();
        assertThat(queue.claims("node")
                        .claim("there.test", 1, Claims.Choice.ALL)
                        .getFirst()
                        .addressees())
                .hasSize(2);
        assertThat((boolean) queue.house.inTransaction(() -> messages.retry(99, "admin")))
                .isFalse();
    }

    @Test
    void a_deleted_entry_leaves_a_trace_and_lets_go_of_its_message() throws Exception {
        queue.submit("alice@here.test", "x@there.test");
        assertThat((boolean) queue.house.inTransaction(() -> messages.delete(1, "admin@here.test")))
                .isTrue();
        assertThat(queue.rows("SELECT count(*) FROM queued_recipient")).containsExactly("0");
        assertThat(queue.rows("SELECT message_id FROM message_release")).containsExactly("1");
        assertThat(queue.rows("SELECT step, recipient, client, detail FROM trace"))
                .containsExactly("administered x@there.test admin@here.test deleted from the queue");
    }
}
