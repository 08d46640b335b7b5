package org.mailroom.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.DescribedMail;
import org.mailroom.admin.DryRun;
import org.mailroom.admin.RuleAdmin;
import org.mailroom.admin.RuleInfo;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.receive.Client;
import org.mailroom.contract.receive.Verdict;
import org.mailroom.directory.Directory;
import org.mailroom.directory.DirectoryChanged;
import org.mailroom.directory.Resolution;
import org.mailroom.message.MessageParser;
import org.mailroom.policy.AnyRecipient;
import org.mailroom.policy.AnySender;
import org.mailroom.policy.Decision;
import org.mailroom.policy.Policies;
import org.mailroom.policy.Question;
import org.mailroom.receive.Clients;
import org.mailroom.receive.MailReceiverEndpoint;

/** Rules as an administrator writes them, obeyed by the house and tried on its past, on a real database. */
class RuleBookTest {
    private static final Client STRANGER = Clients.stranger("mx.there.test", "192.0.2.1");

    private final DataSource database = TestDatabase.fresh();
    private final TestHouse house = new TestHouse(database);

    @BeforeEach
    void start() throws Exception {
        house.put(
                Policies.class, new Policies(List.of(house.bean(RuleBook.class), new AnySender(), new AnyRecipient())));
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO domain (name) VALUES ('here.test')");
            statement.execute("INSERT INTO account (domain_id, local_part) VALUES (1, 'alice')");
            statement.execute("""
                    INSERT INTO mailbox (account_id, name, special_use, uid_validity)
                    VALUES (1, 'INBOX', NULL, 1), (1, 'Junk', '\\Junk', 2)""");
        }
    }

    private void rule(String name, int position, boolean enabled, String action, String... conditions)
            throws Exception {
        var rule = new RuleInfo(name, position, enabled, action, List.of(conditions), "");
        house.inTransaction(() -> house.bean(RuleAdmin.class).put(rule));
        house.bean(RuleBook.class).changed(new RulesChanged());
    }

    private String accept(String subject) throws Exception {
        return accept(Envelope.of("a@there.test", List.of("alice@here.test")), subject);
    }

    private String accept(Envelope envelope, String subject) throws Exception {
        var message = ("Subject: " + subject + "\r\nContent-Type: application/zip; name=\"a.zip\"\r\n\r\ny\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        return house.inTransaction(() -> {
            try {
                return house.bean(MailReceiverEndpoint.class)
                        .accept(STRANGER, envelope, MessageSource.of(message))
                        .queueId();
            } catch (MailException e) {
                return e.reason() + " " + e.text();
            }
        });
    }

    private List<String> rows(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "junk, delivered, Junk",
        "quarantine, quarantined, ",
        "discard, discarded, ",
        "bounce, failed, ",
        "allow, delivered, INBOX"
    })
    void each_action_is_carried_out_and_the_trace_names_the_rule(String action, String step, String mailbox)
            throws Exception {
        rule("zips", 1, true, action, "attachment is *.zip", "not sender is *@here.test");
        accept("hello");
        assertThat(rows("SELECT name FROM mailbox WHERE messages > 0"))
                .isEqualTo(mailbox == null ? List.of() : List.of(mailbox));
        assertThat(rows("SELECT rule FROM trace WHERE step = 'checked'")).containsExactly("rule zips");
        assertThat(rows("SELECT count(*) FROM trace WHERE step = '" + step + "' AND recipient = 'alice@here.test'"))
                .containsExactly("1");
    }

    @Test
    void a_refusal_names_the_rule_at_the_step_where_all_is_known() throws Exception {
        rule("no-there", 1, true, "refuse", "sender is there.test");
        var verdict = house.inTransaction(
                () -> house.bean(MailReceiverEndpoint.class).sender(STRANGER, Envelope.of("a@there.test", List.of())));
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Refuse.class, no -> {
            assertThat(no.rule()).isEqualTo("rule no-there");
            assertThat(no.text()).isEqualTo("Not wanted here (rule no-there)");
        });
        rule("no-there", 1, true, "defer", "header:subject matches ^win");
        assertThat(accept("Win a car")).isEqualTo("NOT_YET Not wanted here (rule no-there)");
        assertThat(accept("hello")).hasSizeLessThan(20);
    }

    @Test
    void what_is_allowed_for_one_recipient_is_not_allowed_for_all() throws Exception {
        rule("friends", 1, true, "allow", "recipient is alice@here.test");
        var allowed = new ArrayList<Boolean>();
        var policies = new Policies(List.of(
                house.bean(RuleBook.class), new AnySender(), new AnyRecipient(), new org.mailroom.policy.Policy() {
                    @Override
                    public int order() {
                        return 500;
                    }

                    @Override
                    public Decision recipient(Question.Recipient question) {
                        allowed.add(question.facts().isAllowed());
                        return Decision.NONE;
                    }

                    @Override
                    public Decision content(Question.Content question) {
                        allowed.add(question.facts().isAllowed());
                        return Decision.NONE;
                    }
                }));
        var local = new Resolution.Local(new AccountId(1), "alice@here.test");
        var source = MessageSource.of("Subject: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        for (var to : List.of(
                List.of("alice@here.test"),
                List.of("bob@here.test", "alice@here.test"),
                List.of("alice@here.test", "b@here.test"))) {
            policies.sender(STRANGER, Envelope.of("a@there.test", List.of()));
            for (int i = 0; i < to.size(); i++) {
                policies.recipient(
                        STRANGER,
                        Envelope.of("a@there.test", to.subList(0, i)),
                        Envelope.Recipient.of(to.get(i)),
                        local);
            }
            policies.content(STRANGER, Envelope.of("a@there.test", to), "Q1", MessageParser.parse(source), source);
        }
        assertThat(allowed).containsExactly(true, true, false, true, false, true, false, false);
    }

    @Test
    void the_first_in_order_decides_and_a_disabled_one_never() throws Exception {
        rule("later", 20, true, "junk", "size above 1");
        rule("sooner", 10, true, "quarantine", "size above 1");
        rule("off", 1, false, "refuse", "size above 1");
        accept("hello");
        assertThat(rows("SELECT rule FROM trace WHERE step = 'checked'")).containsExactly("rule sooner");
    }

    @Test
    void a_dry_run_tells_what_a_rule_would_have_caught_and_what_it_cannot_know() throws Exception {
        var first = accept("Win a car");
        accept("hello");
        rule("winners", 1, false, "refuse", "header:subject matches ^win", "network is 192.0.2.0/24");
        rule("zips", 1, false, "refuse", "attachment is *.zip", "recipient is alice@here.test");
        var admin = house.bean(RuleAdmin.class);
        var run = house.inTransaction(() -> admin.dryRun("winners", 7));
        assertThat(run.messages()).isEqualTo(2);
        assertThat(run.matched()).isEqualTo(1);
        assertThat(run.caught().getFirst().queueId()).isEqualTo(first);
        assertThat(run.caught().getFirst().recipients()).containsExactly("alice@here.test");
        var unsure = house.inTransaction(() -> admin.dryRun("zips", 7));
        assertThat(unsure.undecided()).isEqualTo(2);
        assertThat(unsure.unanswered()).containsExactly("attachment is *.zip");
        assertThatThrownBy(() -> admin.dryRun("nobody", 7)).isInstanceOf(AdminException.class);
    }

    @Test
    void a_dry_run_knows_the_recipients_as_they_were_named_and_not_those_to_whom_that_led() throws Exception {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO alias (domain_id, local_part) VALUES (1, 'all')");
            statement.execute(
                    "INSERT INTO alias_target (alias_id, address) VALUES (1, 'alice@here.test'), (1, 'x@there.test')");
        }
        house.bean(Directory.class).changed(new DirectoryChanged());
        accept(Envelope.of("a@here.test", List.of("all@here.test")), "one");
        accept(Envelope.of("", List.of("all@here.test")), "two");
        rule("named", 1, false, "refuse", "recipient is all@here.test");
        rule("led-to", 1, false, "refuse", "recipient is alice@here.test");
        rule("elsewhere", 1, false, "refuse", "recipient is x@there.test");
        var admin = house.bean(RuleAdmin.class);
        var run = house.inTransaction(() -> admin.dryRun("named", 7));
        assertThat(run.caught())
                .extracting(DryRun.Caught::recipients)
                .containsExactly(List.of("all@here.test"), List.of("all@here.test"));
        assertThat(house.inTransaction(() -> admin.dryRun("led-to", 7)).matched())
                .isZero();
        assertThat(house.inTransaction(() -> admin.dryRun("elsewhere", 7)).matched())
                .isZero();
    }

    @Test
    void a_message_that_is_described_is_held_against_every_rule() throws Exception {
        rule("a", 1, true, "junk", "sender is there.test");
        rule("b", 2, true, "junk", "sender is elsewhere.test");
        rule("c", 3, true, "junk", "size above 100");
        var mail =
                new DescribedMail(null, null, null, null, null, "x@there.test", null, null, Map.of(), null, Map.of());
        var matches = house.inTransaction(() -> house.bean(RuleAdmin.class).test(mail));
        assertThat(matches)
                .extracting(match -> match.name() + " " + match.match())
                .containsExactly("a yes", "b no", "c unknown");
        assertThat(matches.getLast().unanswered()).containsExactly("size above 100");
    }

    @Test
    void a_rule_that_is_removed_is_obeyed_no_more_and_the_audit_knows() throws Exception {
        rule("zips", 1, true, "junk", "attachment is *.zip");
        house.inTransaction(() -> {
            house.bean(RuleAdmin.class).remove("zips");
            return null;
        });
        house.bean(RuleBook.class).changed(new RulesChanged());
        accept("hello");
        assertThat(rows("SELECT 1 FROM trace WHERE step = 'checked'")).isEmpty();
        assertThat(rows("SELECT action FROM audit ORDER BY id")).containsExactly("rule.put", "rule.remove");
    }

    @Test
    void without_rules_the_database_is_not_asked_for_every_message() throws Exception {
        var asked = new AtomicInteger();
        var empty = new TestHouse(database);
        empty.put(Rules.class, new Rules() {
            @Override
            public List<Rule.Written> list() {
                asked.incrementAndGet();
                return List.of();
            }
        });
        empty.put(
                Policies.class, new Policies(List.of(empty.bean(RuleBook.class), new AnySender(), new AnyRecipient())));
        var receiver = empty.bean(MailReceiverEndpoint.class);
        for (int i = 0; i < 100; i++) {
            receiver.sender(STRANGER, Envelope.of("a@there.test", List.of()));
        }
        assertThat(asked.get()).isBetween(1, 3);
    }
}
