package org.mailroom.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;

/** A state that is written down is brought about once; the second time there is nothing to do. */
class StateAdminTest {
    private static final String COMPANY = """
            {"domains": [{"name": "Example.test", "otherNames": ["example.example"], "catchAll": "ann@example.test"},
                         {"name": "relay.test", "relayed": true}],
             "accounts": [{"address": "Ann@example.test", "displayName": "Ann", "quotaOctets": 1000000, "aliases": ["a.b@example.test"]},
                          {"address": "bob@example.test", "enabled": false}],
             "aliases": [{"address": "sales@example.test", "targets": ["bob@example.test", "ann@example.test"]}],
             "forwards": [{"account": "ann@example.test", "keepsCopy": true, "targets": ["ann@there.test"]}],
             "groups": [{"address": "team@example.test", "displayName": "The team", "members": ["bob@example.test", "ann@example.test"]}],
             "roles": [{"address": "ann@example.test", "role": "domain-administrator", "domain": "example.test"}],
             "rules": [{"name": "no-pests", "conditions": ["sender is pest.test"], "action": "Junk"}],
             "lists": [{"pattern": "Friend.test", "subject": "sender", "allow": true}],
             "routes": [{"domain": "slow.test", "target": "smtp://192.0.2.1"}],
             "authenticity": [{"domain": "example.test", "dmarc": "refuse"}]}""";

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
        assertThat(dry.changes()).hasSize(12).allMatch(change -> change.deed().equals("add"));
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
        assertThat(apply(COMPANY).changes())
                .extracting(StateChange::name)
                .containsExactly("bob@example.test", "team@example.test");
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
