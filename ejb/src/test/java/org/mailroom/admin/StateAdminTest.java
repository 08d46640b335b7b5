package org.mailroom.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.directory.Directory;
import org.mailroom.directory.Resolution;

/** A state that is written down is brought about once; the second time there is nothing to do. */
class StateAdminTest {
    private static final String COMPANY = """
            {"domains": [{"name": "Example.test", "otherNames": ["example.example"], "catchAll": "ann@example.test"},
                         {"name": "relay.test", "relayed": true}],
             "accounts": [{"address": "Ann@example.test", "displayName": "Ann", "quotaOctets": 1000000, "aliases": ["a.b@example.test"],
                           "messageOctets": 500000, "recipients": 100, "expires": "2040-01-31T00:00:00Z"},
                          {"address": "bob@example.test", "enabled": false}],
             "aliases": [{"address": "sales@example.test", "targets": ["bob@example.test", "ann@example.test"]}],
             "forwards": [{"account": "ann@example.test", "keepsCopy": true, "targets": ["ann@there.test"]}],
             "groups": [{"address": "team@example.test", "displayName": "The team", "members": ["bob@example.test", "ann@example.test"],
                         "whoMaySend": "members", "moderators": ["Ann@example.test"]}],
             "sharedMailboxes": [{"address": "info@example.test", "displayName": "Information", "quotaOctets": 2000000,
                                  "members": ["team@example.test read", "Ann@Example.test  all as", "anyone lrs"]}],
             "rewrites": [{"domain": "example.test", "pattern": "sales-*", "target": "bob"}],
             "roles": [{"address": "ann@example.test", "role": "domain-administrator", "domain": "example.test"}],
             "rules": [{"name": "no-pests", "conditions": ["sender is pest.test"], "action": "Junk"}],
             "lists": [{"pattern": "Friend.test", "subject": "sender", "allow": true}],
             "routes": [{"domain": "slow.test", "target": "smtp://192.0.2.1"}],
             "deliveryRules": [{"domain": "*.Slow.test", "firstRetry": "PT60M", "concurrency": 2, "tls": "require"}],
             "authenticity": [{"domain": "example.test", "dmarc": "refuse"}],
             "popPolicies": [{"of": "Example.test", "expire": "90-days"}, {"of": "ann@example.test", "markSeen": true}],
             "tenants": [{"name": "Acme", "domains": ["example.test"]}],
             "limits": [{"of": "acme", "octets": 5000000}, {"of": "example.test", "messages": 1000, "recipients": 50}],
             "directories": [{"name": "corp", "domains": ["relay.test"], "servers": ["ldaps://dc.corp.test"], "base": "dc=corp",
                              "mapping": "login=uid\\nid = entryUUID\\nperson=(objectClass=person)"}]}""";

    private final DataSource database = TestDatabase.fresh();
    private final TestHouse house = new TestHouse(database);
    private final StateAdmin admin = house.bean(StateAdmin.class);
    private final AccountAdmin accounts = house.bean(AccountAdmin.class);

    private static JsonObject json(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }

    private <T> T ask(Callable<T> work) throws Exception {
        return house.inTransaction(work);
    }

    private StateOutcome apply(String text) throws Exception {
        return ask(() -> admin.apply(json(text), false, false));
    }

    private StateOutcome prune(String text, boolean dryRun) throws Exception {
        return ask(() -> admin.apply(json(text), dryRun, true));
    }

    @Test
    void what_is_written_down_is_made_and_the_second_time_nothing_changes() throws Exception {
        var dry = ask(() -> admin.apply(json(COMPANY), true, false));
        assertThat(dry.applied()).isFalse();
        assertThat(dry.changes()).hasSize(21).allMatch(change -> change.deed().equals("add"));
        assertThat(ask(() -> accounts.find("ann@example.test"))).isEmpty();
        var done = apply(COMPANY);
        assertThat(done.changes()).isEqualTo(dry.changes());
        assertThat(done.passwords())
                .extracting(Created::address)
                .containsExactly("ann@example.test", "bob@example.test");
        assertThat(ask(() -> accounts.find("ann@example.test"))).hasValueSatisfying(ann -> {
            assertThat(ann.aliases()).contains("a.b@example.test");
            assertThat(ann.quotaOctets()).isEqualTo(1_000_000);
        });
        assertThat(ask(() -> accounts.find("bob@example.test")).orElseThrow().enabled())
                .isFalse();
        assertThat(apply(COMPANY).changes()).isEmpty();
        assertThat(prune(COMPANY, true).changes()).isEmpty();
    }

    /** What only doing it meets: the last administrator, who is not there, what is something else. */
    @Test
    void a_dry_run_is_refused_what_would_be_refused() throws Exception {
        ask(() -> house.bean(Setup.class).first("first.test", "admin"));
        apply(COMPANY);
        for (var wrong : new String[][] {
            {"{\"accounts\": [{\"address\": \"admin@first.test\", \"enabled\": false}]}", "last administrator"},
            {"{\"accounts\": [{\"address\": \"sales@example.test\"}]}", "sales@example.test is taken"},
            {"{\"accounts\": [{\"address\": \"x@nowhere.test\"}]}", "no domain nowhere.test"},
            {"{\"accounts\": [{\"address\": \"ann@example.test\", \"quotaOctets\": 0}]}", "above 0"},
            {"{\"domains\": [{\"name\": \"relay.test\", \"relayed\": false}]}", "whether it is relayed"},
            {"{\"domains\": [{\"name\": \"example.example\"}]}", "as another name of a domain"},
            {
                "{\"groups\": [{\"address\": \"team@example.test\", \"moderators\": [\"nobody@example.test\"]}]}",
                "nobody@example.test has no account here"
            },
            {"{\"roles\": [{\"address\": \"ann@example.test\", \"role\": \"king\"}]}", "A role is one of"},
            {"{\"rules\": [{\"name\": \"no-pests\", \"conditions\": [\"nonsense\"]}]}", "nonsense"},
            {"{\"routes\": [{\"domain\": \"example.test\", \"target\": \"smtp://192.0.2.1\"}]}", "ends here"},
            {"{\"tenants\": [{\"name\": \"other\", \"domains\": [\"nowhere.test\"]}]}", "no domain nowhere.test"},
            {
                "{\"directories\": [{\"name\": \"other\", \"domains\": [\"relay.test\"], \"servers\":"
                        + " [\"ldaps://dc.other.test\"], \"base\": \"dc=other\"}]}",
                "in another directory"
            }
        }) {
            for (boolean dryRun : List.of(true, false)) {
                assertThatThrownBy(() -> ask(() -> admin.apply(json(wrong[0]), dryRun, false)))
                        .as(wrong[0] + " " + dryRun)
                        .isInstanceOfSatisfying(
                                AdminException.class, e -> assertThat(e.text()).contains(wrong[1]));
            }
        }
    }

    @Test
    void nothing_of_a_dry_run_is_there_afterwards_not_even_in_memory_or_in_the_log() throws Exception {
        var directory = house.bean(Directory.class);
        var before = rows();
        var log = Logger.getLogger(Audit.class.getName());
        var lines = new ArrayList<String>();
        var handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        log.addHandler(handler);
        try {
            ask(() -> admin.apply(json(COMPANY), true, false));
        } finally {
            log.removeHandler(handler);
        }
        assertThat(rows()).isEqualTo(before);
        assertThat(directory.resolve("ann@example.test")).isInstanceOf(Resolution.NotOurs.class);
        assertThat(lines).isEmpty();
    }

    /** How many rows each table has. */
    private Map<String, Long> rows() throws SQLException {
        var counts = new TreeMap<String, Long>();
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        SELECT t.table_name, (xpath('/row/n/text()', query_to_xml(
                            format('SELECT count(*) AS n FROM %I', t.table_name), false, true, '')))[1]::text::bigint
                        FROM information_schema.tables t WHERE t.table_schema = current_schema()""")) {
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getLong(2));
            }
        }
        return counts;
    }

    @Test
    void who_was_asked_for_a_moment_before_he_came_can_be_a_moderator_and_a_member() throws Exception {
        var directory = house.bean(Directory.class);
        assertThat(directory.resolve("ann@example.test")).isInstanceOf(Resolution.NotOurs.class);
        apply(COMPANY);
        assertThat(ask(() -> house.bean(AddressAdmin.class).moderators("team@example.test")))
                .containsExactly("Ann@example.test");
    }

    @Test
    void an_account_whose_time_is_past_is_disabled_whatever_is_written_down() throws Exception {
        apply(COMPANY);
        var expired = """
                {"accounts": [{"address": "ann@example.test", "enabled": true, "expires": "2020-01-31T00:00:00Z"},
                              {"address": "new@example.test", "enabled": true, "expires": "2020-01-31T00:00:00Z"}]}""";
        apply(expired);
        for (var address : List.of("ann@example.test", "new@example.test")) {
            var account = ask(() -> accounts.find(address)).orElseThrow();
            assertThat(account.enabled()).isFalse();
            assertThat(account.expires()).isNull();
        }
        assertThat(apply(expired).changes()).isEmpty();
    }

    @Test
    void times_of_no_calendar_are_refused() {
        for (var time : List.of("+999999999-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z")) {
            assertThatThrownBy(
                            () -> apply("{\"accounts\": [{\"address\": \"a@b.test\", \"expires\": \"" + time + "\"}]}"))
                    .hasMessage("accounts[1].expires is a time such as 2027-01-31T00:00:00Z");
        }
    }

    @Test
    void what_is_presented_of_a_section_that_there_is_not_is_refused() throws Exception {
        assertThatThrownBy(() -> ask(() -> admin.present(List.of("accounts", "bogus"))))
                .isInstanceOf(AdminException.class)
                .hasMessageStartingWith("There is no section \"bogus\"; there are domains, accounts");
        assertThat(ask(() -> admin.present(List.of("accounts")))).containsOnlyKeys("accounts");
    }

    @Test
    void the_largest_whole_number_is_one() throws Exception {
        apply(COMPANY);
        apply("{\"accounts\": [{\"address\": \"ann@example.test\", \"quotaOctets\": 9223372036854775807}]}");
        assertThat(ask(() -> accounts.find("ann@example.test")).orElseThrow().quotaOctets())
                .isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> apply(
                        "{\"accounts\": [{\"address\": \"ann@example.test\", \"quotaOctets\": 9223372036854775808}]}"))
                .hasMessage("accounts[1].quotaOctets is a whole number");
    }

    @Test
    void a_difference_is_told_by_field_and_only_what_is_named_changes() throws Exception {
        apply(COMPANY);
        var done = apply("{\"accounts\": [{\"address\": \"ann@example.test\", \"displayName\": \"Anna\"}]}");
        assertThat(done.changes())
                .containsExactly(new StateChange(
                        "change",
                        "accounts",
                        "ann@example.test",
                        List.of(new StateChange.Field("displayName", "Ann", "Anna"))));
        assertThat(ask(() -> accounts.find("ann@example.test")).orElseThrow().quotaOctets())
                .isEqualTo(1_000_000);
        assertThat(apply(COMPANY).changes()).hasSize(1);
    }

    @Test
    void what_is_not_written_down_is_removed_only_when_that_is_said_and_from_the_sections_that_are_there()
            throws Exception {
        apply(COMPANY);
        var less = "{\"accounts\": [{\"address\": \"ann@example.test\"}], \"groups\": []}";
        assertThat(apply(less).changes()).isEmpty();
        assertThat(prune(less, false).changes())
                .extracting(change -> change.deed() + " " + change.name())
                .containsExactly("remove team@example.test", "remove bob@example.test");
        assertThat(ask(() -> accounts.find("bob@example.test")).orElseThrow().removal())
                .isNotNull();
        // The group was a member of the shared mailbox, too.
        assertThat(apply(COMPANY).changes())
                .extracting(StateChange::name)
                .containsExactly("bob@example.test", "team@example.test", "info@example.test");
        assertThat(ask(() -> accounts.find("bob@example.test")).orElseThrow().removal())
                .isNull();
    }

    @Test
    void what_is_there_can_be_written_down_and_brought_about_again() throws Exception {
        apply(COMPANY);
        var state = ask(() -> admin.present(List.of()));
        var text = Json.createObjectBuilder(new LinkedHashMap<String, Object>(state))
                .build()
                .toString();
        assertThat(prune(text, true).changes()).isEmpty();
    }

    @Test
    void what_says_nothing_is_none_and_what_stays_where_it_is_changes_nothing() throws Exception {
        apply(COMPANY);
        for (var nothing : List.of(
                "{\"popPolicies\": [{\"of\": \"bob@example.test\"}]}",
                "{\"limits\": [{\"of\": \"relay.test\", \"octets\": null}]}",
                "{\"authenticity\": [{\"domain\": \"relay.test\"}]}",
                "{\"rewrites\": [{\"domain\": \"example.test\", \"pattern\": \"sales-*\", \"rank\": null}]}",
                "{\"rules\": [{\"name\": \"no-pests\", \"position\": null}]}")) {
            assertThat(apply(nothing).changes()).as(nothing).isEmpty();
        }
        var lifted =
                "{\"limits\": [{\"of\": \"acme\", \"octets\": null}], \"popPolicies\": [{\"of\": \"example.test\", \"expire\": null}]}";
        assertThat(apply(lifted).changes()).hasSize(2);
        assertThat(apply(lifted).changes()).isEmpty();
    }

    /** A move from a shared mailbox into one of Ann's: mailboxes are locked before accounts. */
    @Test
    void a_state_and_a_move_of_messages_lock_in_the_same_order() throws Exception {
        apply(COMPANY);
        var wish = """
                {"accounts": [{"address": "ann@example.test", "quotaOctets": 7000000}],
                 "sharedMailboxes": [{"address": "info@example.test", "members": ["bob@example.test work"]}]}""";
        try (var move = database.getConnection();
                var statement = move.createStatement();
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            move.setAutoCommit(false);
            statement.execute(
                    "SELECT id FROM mailbox WHERE account_id = (SELECT id FROM account WHERE kind = 'shared') FOR NO KEY UPDATE");
            var state = executor.submit(() -> apply(wish));
            while (!state.isDone() && waiting() == 0) {
                Thread.onSpinWait();
            }
            statement.execute("SELECT id FROM account WHERE local_part = 'ann' FOR NO KEY UPDATE");
            move.commit();
            assertThat(state.get(30, TimeUnit.SECONDS).changes()).hasSize(2);
        }
    }

    private long waiting() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void members_of_a_shared_mailbox_are_brought_to_what_is_written() throws Exception {
        apply(COMPANY);
        var other =
                "{\"sharedMailboxes\": [{\"address\": \"info@example.test\", \"members\": [\"bob@example.test work on-behalf\"]}]}";
        apply(other);
        var shared = house.bean(SharedMailboxAdmin.class);
        assertThat(ask(() -> shared.find("info@example.test").orElseThrow().members()))
                .containsExactly(new SharedMailboxMember("bob@example.test", "work", "on-behalf"));
        assertThat(apply(other).changes()).isEmpty();
    }

    @Test
    void what_was_made_for_people_can_be_taken_away_again() throws Exception {
        apply(COMPANY);
        var empty = Json.createObjectBuilder();
        ask(() -> admin.present(List.of())).keySet().stream()
                .filter(section -> !Set.of("domains", "accounts").contains(section))
                .forEach(section -> empty.add(section, Json.createArrayBuilder()));
        var nothing = empty.build().toString();
        assertThat(prune(nothing, false).changes())
                .allMatch(change -> change.deed().equals("remove"))
                .hasSize(17);
        assertThat(prune(nothing, true).changes()).isEmpty();
    }

    @Test
    void what_makes_no_sense_is_refused_with_its_place_and_nothing_is_done() throws Exception {
        for (var wrong : new String[][] {
            {"{\"people\": []}", "no section \"people\""},
            {"{\"accounts\": {}}", "\"accounts\" is a list"},
            {
                "{\"accounts\": [{\"address\": \"x@a.test\", \"nickname\": \"x\"}]}",
                "accounts[1] has no field \"nickname\""
            },
            {"{\"accounts\": [{\"displayName\": \"x\"}]}", "accounts[1].address is needed"},
            {
                "{\"accounts\": [{\"address\": \"x@a.test\", \"enabled\": \"yes\"}]}",
                "accounts[1].enabled is true or false"
            },
            {"{\"limits\": [{\"of\": \"x@a.test\", \"octets\": 1}]}", "limits[1].of is a domain or a tenant"},
            {
                "{\"deliveryRules\": [{\"domain\": \"a.test\", \"notice\": \"soon\"}]}",
                "deliveryRules[1].notice is a time such as PT5M"
            },
            {
                "{\"sharedMailboxes\": [{\"address\": \"x@a.test\", \"members\": [\"y@a.test some\"]}]}",
                "Rights are none, read"
            },
            {"{\"domains\": [{\"name\": \"a.test\"}, {\"name\": \"A.test\"}]}", "domains[2]: a.test stands there twice"
            },
            {
                "{\"domains\": [{\"name\": \"a.test\"}], \"aliases\": [{\"address\": \"x@b.test\", \"targets\": [\"y@a.test\"]}]}",
                "There is no domain b.test"
            }
        }) {
            assertThatThrownBy(() -> apply(wrong[0]))
                    .isInstanceOfSatisfying(
                            AdminException.class, e -> assertThat(e.text()).contains(wrong[1]));
        }
        assertThat(ask(() -> admin.present(List.of("domains"))).get("domains")).isEmpty();
    }
}
