package org.mailroom.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.Reason;
import org.mailroom.contract.receive.Client;
import org.mailroom.contract.receive.Verdict;
import org.mailroom.directory.Resolution;
import org.mailroom.message.MessageParser;
import org.mailroom.receive.Clients;

/** How the links of the chain work together, from the greeting to the final dot. */
class ChainTest {
    private static final Client STRANGER = Clients.stranger("there.test", "192.0.2.1");
    private static final Envelope ENVELOPE = Envelope.of("a@there.test", List.of());
    private static final Resolution LOCAL = new Resolution.Local(new AccountId(1), "bob@here.test");

    private static Policy greeting(int order, Function<Question.Connection, Decision> says) {
        return new Policy() {
            @Override
            public int order() {
                return order;
            }

            @Override
            public Decision connection(Question.Connection question) {
                return says.apply(question);
            }
        };
    }

    private static Policy content(int order, Function<Question.Content, Decision> says) {
        return new Policy() {
            @Override
            public int order() {
                return order;
            }

            @Override
            public Decision content(Question.Content question) {
                return says.apply(question);
            }
        };
    }

    private static Policy recipient(int order, Function<Question.Recipient, Decision> says) {
        return new Policy() {
            @Override
            public int order() {
                return order;
            }

            @Override
            public Decision recipient(Question.Recipient question) {
                return says.apply(question);
            }
        };
    }

    private static Findings content(Policies policies) {
        var source = MessageSource.of("Subject: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return policies.content(STRANGER, ENVELOPE, "Q1", MessageParser.parse(source), source);
    }

    private static Verdict recipient(Policies policies) {
        return policies.recipient(STRANGER, ENVELOPE, Envelope.Recipient.of("bob@here.test"), LOCAL);
    }

    @Test
    void whom_nobody_speaks_against_may_connect() {
        assertThat(new Policies(List.of()).connection(STRANGER)).isEqualTo(new Verdict.Accept("connection"));
    }

    @Test
    void the_first_no_ends_the_step() {
        var policies = new Policies(List.of(
                greeting(3, any -> Decision.refuse(Reason.POLICY, "third", "never said")),
                greeting(2, any -> Decision.defer(Reason.NOT_YET, "second", "later")),
                greeting(1, any -> Decision.pass("first", "fine"))));
        assertThat(policies.connection(STRANGER))
                .isEqualTo(new Verdict.Defer(Reason.NOT_YET, "second", "later", List.of("first: pass (fine)")));
    }

    @Test
    void what_was_found_at_the_connection_is_known_at_the_dot_and_told() {
        var policies = new Policies(List.of(
                greeting(1, question -> {
                    question.facts().put("country", "de");
                    return Decision.pass("geo", "in de");
                }),
                new AnySender(),
                content(
                        1,
                        question -> question.facts().get("country").equals(java.util.Optional.of("de"))
                                ? Decision.junk("from-de", "country=de")
                                : Decision.NONE)));
        policies.connection(STRANGER);
        policies.sender(STRANGER, ENVELOPE);
        for (int i = 0; i < 2; i++) {
            var findings = content(policies);
            assertThat(findings.isJunk()).isTrue();
            assertThat(findings.facts()).containsEntry("country", "de");
            assertThat(findings.story()).containsExactly("geo: pass (in de)", "from-de: junk (country=de)");
        }
    }

    @Test
    void what_was_found_about_one_message_is_not_held_against_the_next() {
        var policies = new Policies(List.of(new AnySender(), new AnyRecipient(), recipient(1, question -> {
            question.facts().put("trap", "yes");
            return Decision.quarantine("trap", "bob");
        })));
        policies.sender(STRANGER, ENVELOPE);
        assertThat(recipient(policies)).isEqualTo(new Verdict.Accept("trap", List.of("trap: quarantine (bob)")));
        assertThat(content(policies).fate().orElseThrow().rule()).isEqualTo("trap");
        policies.sender(STRANGER, ENVELOPE);
        var next = content(policies);
        assertThat(next.fate()).isEmpty();
        assertThat(next.facts()).isEmpty();
    }

    private static Verdict recipient(Policies policies, Client client, List<String> before, String to) {
        return policies.recipient(client, Envelope.of("a@there.test", before), Envelope.Recipient.of(to), LOCAL);
    }

    /** RFC 5321 §4.5.3.1.10: for the rest the client sends another message. */
    @Test
    void who_would_share_the_fate_of_others_comes_in_a_message_of_his_own() {
        var policies = new Policies(List.of(
                new AnySender(),
                new AnyRecipient(),
                recipient(
                        1,
                        question -> question.recipient().address().startsWith("bob")
                                ? Decision.junk("bobs", "")
                                : Decision.NONE),
                recipient(
                        2,
                        question -> question.recipient().address().equals("bob@later.test")
                                ? Decision.defer(Reason.NOT_YET, "later", "later")
                                : Decision.NONE)));
        policies.sender(STRANGER, ENVELOPE);
        assertThat(recipient(policies, STRANGER, List.of(), "bob@later.test")).isInstanceOf(Verdict.Defer.class);
        assertThat(recipient(policies, STRANGER, List.of(), "alice@here.test")).isInstanceOf(Verdict.Accept.class);
        assertThat(recipient(policies, STRANGER, List.of("alice@here.test"), "bob@here.test"))
                .isInstanceOfSatisfying(
                        Verdict.Defer.class, later -> assertThat(later.reason()).isEqualTo(Reason.LIMIT));
        assertThat(content(policies).isJunk()).isFalse();
        policies.sender(STRANGER, ENVELOPE);
        assertThat(recipient(policies, STRANGER, List.of(), "bob@here.test")).isInstanceOf(Verdict.Accept.class);
        assertThat(recipient(policies, STRANGER, List.of("bob@here.test"), "bob@there.test"))
                .isInstanceOf(Verdict.Accept.class);
        assertThat(recipient(policies, STRANGER, List.of("bob@here.test"), "alice@here.test"))
                .isInstanceOf(Verdict.Defer.class);
        assertThat(content(policies).isJunk()).isTrue();
    }

    /** His program would show an error: for our own users the strictest holds for all. */
    @Test
    void our_own_users_are_not_asked_to_send_twice() {
        var user = Clients.user(1);
        var policies = new Policies(List.of(
                new AnySender(),
                new AnyRecipient(),
                recipient(
                        1,
                        question -> question.recipient().address().startsWith("bob")
                                ? Decision.junk("bobs", "")
                                : Decision.NONE)));
        policies.sender(user, ENVELOPE);
        assertThat(recipient(policies, user, List.of(), "alice@here.test")).isInstanceOf(Verdict.Accept.class);
        assertThat(recipient(policies, user, List.of("alice@here.test"), "bob@here.test"))
                .isInstanceOf(Verdict.Accept.class);
    }

    @Test
    void a_refusal_outweighs_what_was_decided_before() {
        var policies = new Policies(List.of(
                content(1, any -> Decision.junk("spam", "")),
                content(2, any -> Decision.refuse(Reason.POLICY, "virus", "no"))));
        assertThat(content(policies).fate().orElseThrow().rule()).isEqualTo("virus");
    }

    @Test
    void a_message_that_nobody_cares_about_has_no_story() {
        var findings = content(new Policies(List.of(content(1, any -> Decision.NONE))));
        assertThat(findings.story()).isEmpty();
        assertThat(findings.edits().isEmpty()).isTrue();
    }
}
