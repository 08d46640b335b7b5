package org.mailroom.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.store.UidSet;

class LocalDeliveryTest {
    private static final String TEXT = "Subject: hello\r\n\r\nbody\r\n";

    private final TestStore store = new TestStore();

    @Test
    void one_message_is_kept_once_for_many() throws MailException {
        var accounts = accounts(20);
        store.deliver(TEXT, accounts);
        assertThat(store.number("SELECT count(*) FROM message")).isEqualTo(1);
        for (var account : accounts) {
            var inbox = store.mailboxes.find(account, "INBOX");
            assertThat(inbox.messages()).isEqualTo(1);
            assertThat(inbox.unseen()).isEqualTo(1);
            assertThat(inbox.recent()).isEqualTo(1);
            assertThat(inbox.size()).isEqualTo(TEXT.length());
            assertThat(store.views.view(inbox.id()).uids()).isEqualTo(UidSet.of(1));
        }
        store.recount();
    }

    @Test
    void who_asks_after_the_commit_sees_the_message() throws MailException {
        var alice = store.account("alice");
        long inbox = store.mailbox(alice, "INBOX");
        for (int n = 1; n <= 50; n++) {
            store.deliver(TEXT, alice);
            assertThat(store.views.view(inbox).size()).isEqualTo(n);
        }
        var view = store.views.view(inbox);
        assertThat(store.views.view(inbox)).isSameAs(view);
    }

    @Test
    void a_recipient_without_inbox_gets_nothing_and_neither_do_others() {
        var alice = store.account("alice");
        assertThatThrownBy(() -> store.deliver(TEXT, alice, new AccountId(999)))
                .isInstanceOfSatisfying(
                        MailException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_SUCH_RECIPIENT));
        assertThat(store.number("SELECT count(*) FROM message")).isZero();
        store.recount();
    }

    @Test
    void deliveries_at_the_same_time_number_densely_and_never_wait_in_a_ring() throws Exception {
        var accounts = accounts(6);
        try (var threads = Executors.newFixedThreadPool(8)) {
            var work = IntStream.range(0, 8).<Callable<Void>>mapToObj(seed -> () -> {
                var random = new Random(seed);
                for (int n = 0; n < 60; n++) {
                    var some = new ArrayList<>(java.util.List.of(accounts));
                    Collections.shuffle(some, random);
                    // The first is always among them: its mailbox gets every message.
                    some.remove(accounts[0]);
                    var recipients = new ArrayList<>(some.subList(0, random.nextInt(5)));
                    recipients.add(random.nextInt(recipients.size() + 1), accounts[0]);
                    store.deliver(TEXT, recipients.toArray(AccountId[]::new));
                }
                return null;
            });
            for (var done : threads.invokeAll(work.toList())) {
                done.get();
            }
        }
        store.recount();
        var inbox = store.mailboxes.find(accounts[0], "INBOX");
        assertThat(inbox.messages()).isEqualTo(480);
        assertThat(store.views.view(inbox.id()).uids()).isEqualTo(UidSet.range(1, 480));
        assertThat(inbox.uidNext()).isEqualTo(481);
    }

    @Test
    void junk_goes_where_the_user_keeps_it_or_to_the_inbox() throws MailException {
        var accounts = accounts(3);
        store.sql("UPDATE mailbox SET name = 'Rubbish' WHERE name = 'Junk' AND account_id = " + accounts[1].value());
        store.sql("UPDATE mailbox SET special_use = NULL WHERE name = 'Junk' AND account_id = " + accounts[2].value());
        store.deliverJunk(TEXT, accounts);
        store.deliverJunk(TEXT, accounts[0]);
        assertThat(store.messages(accounts[0])).containsEntry("Junk", 2L).containsEntry("INBOX", 0L);
        assertThat(store.messages(accounts[1])).containsEntry("Rubbish", 1L).containsEntry("INBOX", 0L);
        assertThat(store.messages(accounts[2])).containsEntry("Junk", 0L).containsEntry("INBOX", 1L);
        assertThat(store.views.view(store.mailbox(accounts[0], "Junk")).uids()).isEqualTo(UidSet.range(1, 2));
        store.recount();
    }

    @Test
    void junk_for_one_who_is_gone_is_tried_again() {
        assertThatThrownBy(() -> store.deliverJunk(TEXT, store.account("alice"), new AccountId(999)))
                .isInstanceOfSatisfying(
                        MailException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE));
        assertThat(store.number("SELECT count(*) FROM message")).isZero();
    }

    private AccountId[] accounts(int count) {
        return IntStream.range(0, count).mapToObj(i -> store.account("u" + i)).toArray(AccountId[]::new);
    }
}
