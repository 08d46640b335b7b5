package org.mailroom.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.receive.Client;
import org.mailroom.directory.Resolution;
import org.mailroom.message.MessageParser;
import org.mailroom.policy.Decision;
import org.mailroom.policy.Decision.Action;
import org.mailroom.policy.Facts;
import org.mailroom.policy.Question;
import org.mailroom.receive.Clients;

/** Lists of all, of a domain and of an account, on a real database. */
class ListCheckTest {
    private static final Client STRANGER = Clients.stranger("mx.there.test", "192.0.2.1");

    private final TestHouse house = new TestHouse(TestDatabase.fresh());
    private Facts facts = new Facts();

    private void list(String owner, String subject, String pattern, boolean allow) throws Exception {
        var entry = ListEntry.of(owner, subject, pattern, allow);
        house.inTransaction(() -> house.bean(Lists.class).put(entry));
        house.bean(ListCheck.class).changed(new RulesChanged());
    }

    private Decision recipient(Client client, String from, String to) {
        return house.bean(ListCheck.class)
                .recipient(new Question.Recipient(
                        client,
                        Envelope.of(from, List.of()),
                        Envelope.Recipient.of(to),
                        new Resolution.NotOurs("there.test"),
                        facts));
    }

    private Action action(Client client, String from, String to) {
        return recipient(client, from, to).action();
    }

    @Test
    void an_account_keeps_a_sender_out_and_the_reply_names_whose_list_it_was() throws Exception {
        list("bob@here.test", "sender", "pest@there.test", false);
        var no = recipient(STRANGER, "Pest@There.test", "BOB@here.test");
        assertThat(no.action()).isEqualTo(Action.REFUSE);
        assertThat(no.rule()).isEqualTo("list of bob@here.test");
        assertThat(no.text()).isEqualTo("Mail from you is not wanted here (list of bob@here.test)");
        assertThat(no.detail()).isEqualTo("sender pest@there.test");
        assertThat(action(STRANGER, "pest@there.test", "alice@here.test")).isEqualTo(Action.NONE);
        assertThat(action(STRANGER, "other@there.test", "bob@here.test")).isEqualTo(Action.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "there.test, REFUSE",
        ".there.test, REFUSE",
        "here.test, NONE",
        ".test, REFUSE",
        "192.0.2.0/24, REFUSE",
        "192.0.2.1, REFUSE",
        "198.51.100.0/24, NONE",
        "*, REFUSE"
    })
    void a_pattern_is_an_address_a_domain_a_network_or_all(String pattern, Action action) throws Exception {
        list("", "sender", pattern, false);
        assertThat(action(STRANGER, "x@there.test", "bob@here.test")).isEqualTo(action);
    }

    @Test
    void a_domain_is_not_those_below_it() throws Exception {
        list("", "sender", "there.test", false);
        assertThat(action(STRANGER, "x@sub.there.test", "bob@here.test")).isEqualTo(Action.NONE);
        list("", "sender", ".there.test", false);
        assertThat(action(STRANGER, "x@sub.there.test", "bob@here.test")).isEqualTo(Action.REFUSE);
        assertThat(action(STRANGER, "x@nothere.test", "bob@here.test")).isEqualTo(Action.NONE);
    }

    @Test
    void the_nearer_list_and_the_narrower_pattern_win() throws Exception {
        list("", "sender", "there.test", false);
        list("here.test", "sender", "good@there.test", true);
        list("bob@here.test", "sender", "*", false);
        assertThat(action(STRANGER, "good@there.test", "alice@here.test")).isEqualTo(Action.PASS);
        assertThat(action(STRANGER, "bad@there.test", "alice@here.test")).isEqualTo(Action.REFUSE);
        assertThat(action(STRANGER, "good@there.test", "bob@here.test")).isEqualTo(Action.REFUSE);
    }

    @Test
    void who_is_allowed_is_spared_for_that_recipient_only() throws Exception {
        list("alice@here.test", "sender", "friend.test", true);
        recipient(STRANGER, "x@friend.test", "alice@here.test");
        assertThat(facts.isAllowed()).isTrue();
        recipient(STRANGER, "x@friend.test", "bob@here.test");
        assertThat(facts.isAllowed()).isFalse();
        content("x@friend.test", "alice@here.test", "bob@here.test");
        assertThat(facts.isAllowed()).isFalse();
        content("x@friend.test", "alice@here.test");
        assertThat(facts.isAllowed()).isTrue();
    }

    private void content(String from, String... to) {
        var source = MessageSource.of(new byte[0]);
        house.bean(ListCheck.class)
                .content(new Question.Content(
                        STRANGER, Envelope.of(from, List.of(to)), "Q1", MessageParser.parse(source), source, facts));
    }

    @Test
    void a_forged_friend_is_none() throws Exception {
        list("", "sender", "friend.test", true);
        facts.put("spf", "fail");
        recipient(STRANGER, "x@friend.test", "alice@here.test");
        assertThat(facts.isAllowed()).isFalse();
        list("", "sender", "192.0.2.0/24", true);
        recipient(STRANGER, "x@there.test", "alice@here.test");
        assertThat(facts.isAllowed()).isTrue();
    }

    @Test
    void what_a_rule_allowed_stays_allowed() throws Exception {
        list("", "sender", "there.test", true);
        facts.put(Facts.ALLOWED, "rule friends");
        recipient(STRANGER, "x@elsewhere.test", "alice@here.test");
        assertThat(facts.isAllowed()).isTrue();
    }

    @Test
    void an_account_may_be_told_where_it_may_send() throws Exception {
        list("alice@here.test", "recipient", "*", false);
        list("alice@here.test", "recipient", "partner.test", true);
        assertThat(action(Clients.user(1), "alice@here.test", "x@partner.test")).isEqualTo(Action.PASS);
        assertThat(action(Clients.user(1), "alice@here.test", "x@there.test")).isEqualTo(Action.REFUSE);
        assertThat(action(STRANGER, "x@there.test", "alice@here.test")).isEqualTo(Action.NONE);
    }

    @Test
    void a_recipient_may_be_closed_for_everybody() throws Exception {
        list("", "recipient", "old@here.test", false);
        assertThat(action(STRANGER, "x@there.test", "old@here.test")).isEqualTo(Action.REFUSE);
        assertThat(action(Clients.user(1), "alice@here.test", "old@here.test")).isEqualTo(Action.REFUSE);
    }

    @Test
    void an_entry_changes_and_goes() throws Exception {
        list("", "sender", "there.test", false);
        list("", "sender", "there.test", true);
        assertThat(action(STRANGER, "x@there.test", "bob@here.test")).isEqualTo(Action.PASS);
        var lists = house.bean(Lists.class);
        assertThat(lists.all()).hasSize(1);
        house.inTransaction(() -> lists.remove(lists.all().getFirst().id()));
        house.bean(ListCheck.class).changed(new RulesChanged());
        assertThat(action(STRANGER, "x@there.test", "bob@here.test")).isEqualTo(Action.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "'', sender, 'a b@x.test'",
        "'', sender, ''",
        "'', sender, '@'",
        "'', recipient, 192.0.2.0/24",
        "'', both, x.test",
        "'a b', sender, x.test",
        "'', sender, 192.0.2.0/99"
    })
    void nonsense_is_no_entry(String owner, String subject, String pattern) {
        assertThatThrownBy(() -> ListEntry.of(owner, subject, pattern, true)).isInstanceOf(BadRule.class);
    }
}
