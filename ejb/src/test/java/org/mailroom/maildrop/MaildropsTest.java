package org.mailroom.maildrop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.Actor;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.Reason;
import org.mailroom.contract.maildrop.Maildrops;
import org.mailroom.contract.maildrop.Maildrops.Terms;
import org.mailroom.contract.store.UidSet;
import org.mailroom.mailbox.TestStore;
import org.mailroom.maildrop.PopPolicy.Show;

/** The maildrop on a real database: lock, update, policies, expiry. */
class MaildropsTest {
    private final TestStore store = new TestStore();
    private final AccountId account = store.account("alice");
    private final Actor alice = new Actor(account, Protocol.POP3, "s1");

    private Maildrops maildrops(PopPolicy site, Duration delay) {
        return new MaildropsEndpoint(
                locks("node"), policies(site, delay), store.mailboxes, store.views, update(policies(site, delay)));
    }

    private Maildrops maildrops(String expire) {
        return maildrops(new PopPolicy(Expire.parse(expire).orElseThrow(), Show.ALL, false), Duration.ZERO);
    }

    private MaildropLocks locks(String node) {
        return new MaildropLocks(store.transactions, node);
    }

    private PopPolicies policies(PopPolicy site, Duration delay) {
        return new PopPolicies(store.transactions, new PopSettings(site, delay));
    }

    private MaildropUpdate update(PopPolicies policies) {
        return new MaildropUpdate(store.transactions, policies, store.expunges, store.flags) {
            @Override
            public void update(Actor actor, long mailbox, UidSet fetched, UidSet deleted) throws MailException {
                store.transactions.required(() -> {
                    super.update(actor, mailbox, fetched, deleted);
                    return true;
                });
            }
        };
    }

    private void expire(String site) {
        var batch = new ExpiryBatch(store.transactions, store.expunges) {
            @Override
            public long remove(MaildropExpiry.Due due) throws MailException {
                return store.transactions.required(() -> super.remove(due));
            }
        };
        var policy = new PopPolicy(Expire.parse(site).orElseThrow(), Show.ALL, false);
        new MaildropExpiry(store.transactions, policies(policy, Duration.ZERO), batch).expire();
    }

    private void deliver(int count) throws MailException {
        for (int i = 1; i <= count; i++) {
            store.deliver("From: bob@there.example\r\nSubject: mail " + i + "\r\n\r\nhi\r\n", account);
        }
    }

    private static void refused(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MailException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }

    private List<Long> uids() throws MailException {
        return store.views.view(store.mailbox(account, "INBOX")).uids().stream()
                .boxed()
                .toList();
    }

    @Test
    void a_maildrop_has_one_session_at_a_time() throws MailException {
        var other = new Actor(account, Protocol.POP3, "s2");
        var drops = maildrops("never");
        drops.open(alice);
        drops.open(alice);
        refused(Reason.IN_USE, () -> drops.open(other));
        drops.close(other);
        refused(Reason.IN_USE, () -> drops.open(other));
        drops.close(alice);
        drops.open(other);
    }

    @Test
    void the_lock_of_a_node_that_died_runs_out() throws MailException {
        var other = new Actor(account, Protocol.POP3, "s2");
        var drops = maildrops("never");
        drops.open(alice);
        store.sql("UPDATE maildrop_lock SET expires = now() - interval '1 second'");
        drops.open(other);
        drops.renew(alice);
        drops.close(alice);
        refused(Reason.IN_USE, () -> drops.open(alice));
    }

    @Test
    void a_node_that_starts_again_takes_back_its_own_locks_only() throws MailException {
        var other = new Actor(account, Protocol.POP3, "s2");
        var drops = maildrops("never");
        drops.open(alice);
        locks("another node").clear();
        refused(Reason.IN_USE, () -> drops.open(other));
        locks("node").clear();
        drops.open(other);
    }

    @Test
    void a_second_login_within_the_delay_is_put_off() throws MailException {
        var drops = maildrops(new PopPolicy(Expire.NEVER, Show.ALL, false), Duration.ofMinutes(1));
        assertThat(drops.open(alice).terms().loginDelay()).isEqualTo(Duration.ofMinutes(1));
        drops.close(alice);
        refused(Reason.NOT_YET, () -> drops.open(alice));
        store.sql("UPDATE pop_login SET at = at - interval '1 minute'");
        drops.open(alice);
    }

    @Test
    void deletions_take_effect_together_and_what_is_left_is_noted_once() throws MailException {
        deliver(4);
        var drops = maildrops("never");
        long inbox = drops.open(alice).view().mailbox();
        drops.update(alice, inbox, UidSet.of(1, 2, 3), UidSet.of(2, 4));
        assertThat(uids()).containsExactly(1L, 3L);
        assertThat(store.number("SELECT count(*) FROM pop_fetched WHERE uid IN (1, 3)"))
                .isEqualTo(2);
        store.sql("UPDATE pop_fetched SET fetched = now() - interval '5 days'");
        drops.update(alice, inbox, UidSet.of(1, 3), UidSet.EMPTY);
        assertThat(store.number("SELECT count(*) FROM pop_fetched WHERE fetched < now() - interval '4 days'"))
                .isEqualTo(2);
        assertThat(store.number("SELECT count(*) FROM trace")).isZero();
        store.recount();
    }

    @Test
    void ten_thousand_messages_go_in_one_transaction() throws MailException {
        deliver(1);
        long inbox = store.mailbox(account, "INBOX");
        store.sql("""
                INSERT INTO mailbox_entry (mailbox_id, uid, message_id, modseq, internal_date, size)
                SELECT mailbox_id, n, message_id, 2, now(), size FROM mailbox_entry, generate_series(2, 10000) n""");
        store.sql(
                "UPDATE mailbox SET (messages, unseen, octets, uid_next, modseq) = (SELECT count(*), count(*), sum(size), 10001,"
                        + " 2 FROM mailbox_entry) WHERE name = 'INBOX'");
        maildrops("never").update(alice, inbox, UidSet.EMPTY, UidSet.range(1, 10_000));
        assertThat(store.number("SELECT count(*) FROM mailbox_entry")).isZero();
        store.recount();
    }

    @Test
    void what_was_fetched_counts_as_read_where_the_policy_says_so() throws MailException {
        deliver(2);
        var drops = maildrops(new PopPolicy(Expire.NEVER, Show.UNSEEN, true), Duration.ZERO);
        var opened = drops.open(alice);
        assertThat(opened.shown()).isEqualTo(UidSet.of(1, 2));
        drops.update(alice, opened.view().mailbox(), UidSet.of(1), UidSet.EMPTY);
        drops.close(alice);
        assertThat(drops.open(alice).shown()).isEqualTo(UidSet.of(2));
    }

    @Test
    void where_nothing_may_be_left_the_fetched_goes_at_quit_and_the_trace_tells() throws MailException {
        deliver(3);
        var drops = maildrops("on-fetch");
        var opened = drops.open(alice);
        assertThat(opened.terms()).isEqualTo(new Terms(0, false, Duration.ZERO));
        drops.update(alice, opened.view().mailbox(), UidSet.of(1, 2), UidSet.of(2));
        assertThat(uids()).containsExactly(3L);
        assertThat(store.texts("SELECT concat_ws('|', step, rule, recipient, sender, detail) FROM trace"))
                .containsExactly("removed|pop-policy|alice@here.example|bob@there.example|uid=1 mailbox=\"INBOX\""
                        + " message-id=<> subject=mail 1");
    }

    @Test
    void days_after_fetch_count_from_the_first_fetch() throws MailException {
        deliver(3);
        var drops = maildrops("7-days-after-fetch");
        long inbox = drops.open(alice).view().mailbox();
        drops.update(alice, inbox, UidSet.of(1, 2), UidSet.EMPTY);
        store.sql("UPDATE pop_fetched SET fetched = now() - interval '8 days' WHERE uid = 1");
        expire("7-days-after-fetch");
        assertThat(uids()).as("a session holds the maildrop").hasSize(3);
        drops.close(alice);
        expire("7-days-after-fetch");
        assertThat(uids()).containsExactly(2L, 3L);
        assertThat(store.texts("SELECT reply FROM trace")).containsExactly("expire=7-days-after-fetch");
        store.recount();
    }

    @Test
    void days_at_all_count_from_the_arrival_in_whatever_number() throws MailException {
        deliver(3);
        long inbox = store.mailbox(account, "INBOX");
        store.sql("""
                INSERT INTO mailbox_entry (mailbox_id, uid, message_id, modseq, internal_date, size)
                SELECT mailbox_id, uid + n * 10, message_id, 4, now(), size FROM mailbox_entry, generate_series(1, 400) n
                WHERE mailbox_id = %d""".formatted(inbox));
        store.sql(
                "UPDATE mailbox SET (messages, unseen, octets, uid_next, modseq) = (SELECT count(*), count(*), sum(size), 9999,"
                        + " 4 FROM mailbox_entry) WHERE id = " + inbox);
        store.sql("UPDATE mailbox_entry SET saved = now() - interval '91 days' WHERE uid <= 4002");
        expire("never");
        assertThat(uids()).hasSize(1203);
        expire("90-days");
        assertThat(uids()).containsExactly(4003L);
        assertThat(store.number("SELECT count(*) FROM trace")).isEqualTo(1202);
        store.recount();
    }

    @Test
    void the_policy_of_an_account_beats_that_of_its_domain_and_that_the_site_s() throws MailException {
        var bob = store.account("bob");
        store.sql(
                "INSERT INTO pop_policy (domain_id, expire, expire_days, show) VALUES (1, 'after_arrival', 30, 'unseen')");
        store.sql("INSERT INTO pop_policy (account_id, expire) VALUES (" + bob.value() + ", 'never')");
        var site = new PopPolicy(Expire.parse("90-days").orElseThrow(), Show.ALL, true);
        var policies = policies(site, Duration.ZERO);
        assertThat(policies.of(account))
                .isEqualTo(new PopPolicy(Expire.parse("30-days").orElseThrow(), Show.UNSEEN, true));
        assertThat(policies.of(bob)).isEqualTo(new PopPolicy(Expire.NEVER, Show.UNSEEN, true));
        assertThat(policies.terms()).isEqualTo(new Terms(30, true, Duration.ZERO));
        assertThat(policies.all()).extracting(PopPolicies.Set::of).containsExactly("here.example", "bob@here.example");
        deliver(1);
        store.deliver("Subject: b\r\n\r\nhi\r\n", bob);
        store.sql("UPDATE mailbox_entry SET saved = now() - interval '31 days'");
        expire("90-days");
        assertThat(uids()).isEmpty();
        assertThat(store.number("SELECT count(*) FROM mailbox_entry")).isEqualTo(1);
    }

    @Test
    void notes_of_messages_that_are_gone_are_forgotten() throws MailException {
        deliver(2);
        var drops = maildrops("never");
        long inbox = drops.open(alice).view().mailbox();
        drops.update(alice, inbox, UidSet.of(1, 2), UidSet.EMPTY);
        drops.update(alice, inbox, UidSet.EMPTY, UidSet.of(1));
        new MaildropExpiry(
                        store.transactions, policies(new PopPolicy(Expire.NEVER, Show.ALL, false), Duration.ZERO), null)
                .forget();
        assertThat(store.number("SELECT sum(uid) FROM pop_fetched")).isEqualTo(2);
    }

    @Test
    void what_is_no_rule_is_not_taken_for_one() {
        assertThat(List.of("0-days", "-3-days", "99999-days", "7 days", "always", ""))
                .allMatch(text -> Expire.parse(text).isEmpty());
        assertThat(List.of("never", "on-fetch", "14-days-after-fetch", "90-days"))
                .allMatch(text -> Expire.parse(text).orElseThrow().toString().equals(text));
    }
}
