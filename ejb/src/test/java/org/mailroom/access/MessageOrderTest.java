package org.mailroom.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.Actor;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.store.MailStore;
import org.mailroom.contract.store.SortKey;
import org.mailroom.contract.store.SortKey.By;
import org.mailroom.contract.store.UidSet;
import org.mailroom.mailbox.TestStore;

class MessageOrderTest {
    private final TestStore house = new TestStore();
    private final MailStore store = TestEndpoint.over(house);
    private final AccountId alice = house.account("alice");
    private final Actor actor = new Actor(alice, Protocol.IMAP, "test");
    private long inbox;

    @BeforeEach
    void deliver() throws MailException {
        deliver("1", "Zoe", "über alles", "Mon, 1 Jun 2026 12:00:00 +0200", "");
        deliver("2", "anna", "Re: Apples", "Mon, 1 Jun 2026 11:30:00 +0000", "References: <0@x>\n");
        deliver("3", "Bob", "apples", "nonsense", "");
        inbox = house.mailbox(alice, "INBOX");
    }

    private void deliver(String id, String from, String subject, String date, String more) throws MailException {
        house.deliver(
                "Message-ID: <" + id + "@x>\nFrom: " + from + " <x" + from + "@x>\nSubject: " + subject + "\nDate: "
                        + date + "\n" + more + "\nhello " + id,
                alice);
    }

    private long[] sort(By by, boolean reverse) throws MailException {
        return store.sort(actor, inbox, UidSet.ALL, List.of(new SortKey(by, reverse)));
    }

    @Test
    void messages_come_in_the_order_of_what_they_say() throws Exception {
        assertThat(sort(By.FROM, false)).containsExactly(2, 3, 1);
        assertThat(sort(By.FROM, true)).containsExactly(1, 3, 2);
        assertThat(sort(By.DISPLAYFROM, false)).containsExactly(2, 3, 1);
        assertThat(sort(By.ARRIVAL, true)).containsExactly(3, 2, 1);
        // the zone counts, and what has no date came now
        assertThat(sort(By.DATE, false)).containsExactly(1, 2, 3);
    }

    @Test
    void what_compares_equal_stays_in_order_of_uid_also_in_reverse() throws Exception {
        assertThat(sort(By.SUBJECT, false)).containsExactly(2, 3, 1);
        assertThat(sort(By.TO, true)).containsExactly(1, 2, 3);
        assertThat(store.sort(
                        actor,
                        inbox,
                        UidSet.of(1, 3),
                        List.of(new SortKey(By.SUBJECT, true), new SortKey(By.SIZE, false))))
                .containsExactly(1, 3);
    }

    @Test
    void threads_are_made_of_columns() throws Exception {
        var rows = store.threadRows(actor, inbox, UidSet.ALL);
        assertThat(rows).extracting(r -> r.uid()).containsExactly(1L, 2L, 3L);
        assertThat(rows.get(1).references()).containsExactly("0@x");
        assertThat(rows.get(1).reply()).isTrue();
        assertThat(rows.get(1).baseSubject()).isEqualTo(rows.get(2).baseSubject());
        assertThat(rows.get(1).messageId()).isEqualTo("2@x");
    }

    @Test
    void another_account_sorts_nothing_here() {
        var bob = new Actor(house.account("bob"), Protocol.IMAP, "test");
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> store.sort(bob, inbox, UidSet.ALL, List.of(new SortKey(By.SIZE, false))))
                .isInstanceOf(MailException.class);
    }

    @Test
    void more_than_a_few_are_sorted_alike() throws Exception {
        for (int i = 0; i < 5; i++) {
            store.copy(actor, inbox, UidSet.ALL, "INBOX", false, 0);
        }
        house.sql("INSERT INTO mailbox_entry (mailbox_id, uid, message_id, modseq, internal_date, size)"
                + " SELECT mailbox_id, uid + n * 1000, message_id, modseq, internal_date, size"
                + " FROM mailbox_entry, generate_series(1, 30) n");
        var all = UidSet.ALL.minus(UidSet.of(5));
        var sorted = store.sort(actor, inbox, all, List.of(new SortKey(By.FROM, false)));
        assertThat(sorted).hasSizeGreaterThan(1000).doesNotContain(5);
        assertThat(LongStream.of(sorted).distinct().count()).isEqualTo(sorted.length);
    }

    @Test
    void what_was_expunged_is_told_and_after_pruning_all_that_is_not_there() throws Exception {
        long before = store.view(actor, inbox).modseq();
        store.expunge(actor, inbox, UidSet.of(2), false);
        long between = store.view(actor, inbox).modseq();
        store.expunge(actor, inbox, UidSet.of(3), false);
        assertThat(store.expungedSince(actor, inbox, before)).isEqualTo(UidSet.of(2, 3));
        assertThat(store.expungedSince(actor, inbox, between)).isEqualTo(UidSet.of(3));
        assertThat(store.expungedSince(actor, inbox, between + 1)).isEqualTo(UidSet.EMPTY);
        house.pruneExpunged(1);
        assertThat(house.number("SELECT count(*) FROM expunged")).isEqualTo(1);
        assertThat(store.expungedSince(actor, inbox, between)).isEqualTo(UidSet.of(3));
        assertThat(store.expungedSince(actor, inbox, before)).isEqualTo(UidSet.of(2, 3));
    }

    @Test
    void a_view_that_is_older_than_the_log_is_read_anew() throws Exception {
        assertThat(store.view(actor, inbox).size()).isEqualTo(3);
        // another node expunges two, and the log of one is pruned before this node looks
        var other = house.otherNode();
        other.expunge(house.own(alice, inbox), UidSet.of(1), false);
        other.expunge(house.own(alice, inbox), UidSet.of(2), false);
        house.pruneExpunged(1);
        house.views.changed(inbox);
        assertThat(store.view(actor, inbox).uids()).isEqualTo(UidSet.of(3));
    }

    @Test
    void messages_from_before_the_upgrade_are_filled_in() throws Exception {
        house.sql("UPDATE message SET thread = NULL, base_subject = NULL, sort_from = NULL, preview = NULL");
        house.fillInSorting();
        assertThat(sort(By.FROM, false)).containsExactly(2, 3, 1);
        assertThat(house.number("SELECT count(*) FROM message WHERE thread IS NULL OR preview NOT LIKE 'hello %'"))
                .isZero();
    }
}
