package org.mailroom.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.TestDatabase;
import org.mailroom.contract.AccountId;

class DirectoryTest {
    private final DataSource database = TestDatabase.fresh();
    private final Directory directory = new Directory(database, DirectorySettings.DEFAULT);

    private void sql(String sql) throws Exception {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @BeforeEach
    void two_domains() throws Exception {
        sql("INSERT INTO domain (name) VALUES ('example.test'), ('second.test')");
        sql("INSERT INTO account (domain_id, local_part) VALUES (1, 'alice'), (1, 'a b'), (2, 'bob')");
        sql("INSERT INTO account (domain_id, local_part, enabled) VALUES (1, 'gone', false)");
        sql(
                "INSERT INTO alias (domain_id, local_part, account_id) VALUES (1, 'postmaster', 1), (2, 'postmaster', 3), (2, 'sales', 1)");
        sql("INSERT INTO route (domain, target) VALUES ('remote.test', 'smtp://127.0.0.1:3025')");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice@example.test",
                "ALICE@Example.Test",
                "\"alice\"@example.test",
                "sales@second.test",
                "postmaster",
                "PostMaster"
            })
    void mail_for_an_address_or_alias_is_local(String address) {
        assertThat(directory.resolve(address)).isEqualTo(new Resolution.Local(new AccountId(1), "alice@example.test"));
    }

    @Test
    void a_quoted_local_part_is_found() {
        assertThat(directory.resolve("\"A b\"@example.test"))
                .isEqualTo(new Resolution.Local(new AccountId(2), "\"a b\"@example.test"));
    }

    @Test
    void a_disabled_account_is_told_from_nobody() {
        assertThat(directory.resolve("gone@example.test"))
                .isEqualTo(new Resolution.Disabled(new AccountId(4), "gone@example.test"));
        assertThat(directory.resolve("nobody@example.test")).isEqualTo(new Resolution.Unknown());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "alice",
                "@",
                "a b@example.test",
                "alice%remote.test@example.test",
                "remote.test!x@example.test"
            })
    void what_is_no_address_or_nobodys_is_unknown(String address) {
        assertThat(directory.resolve(address)).isEqualTo(new Resolution.Unknown());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x@remote.test", "postmaster@remote.test", "abuse@Remote.TEST", "\"x@example.test\"@remote.test"
            })
    void a_route_does_not_make_a_domain_ours(String address) {
        assertThat(directory.resolve(address)).isEqualTo(new Resolution.NotOurs("remote.test"));
        assertThat(directory.isOurs("remote.test")).isFalse();
        assertThat(directory.route("Remote.test", "").map(RoutePlan::toString)).hasValue("smtp://127.0.0.1:3025");
        assertThat(directory.route("example.test", "")).isEmpty();
    }

    @Test
    void the_bare_postmaster_follows_the_setting() {
        var second = new Directory(database, new DirectorySettings(Optional.of("second.test"), "+"));
        assertThat(second.resolve("postmaster")).isEqualTo(new Resolution.Local(new AccountId(3), "bob@second.test"));
    }

    @Test
    void an_account_may_send_as_itself_and_its_aliases_only() {
        var alice = new AccountId(1);
        assertThat(directory.maySendAs(alice, "Alice@example.test")).isTrue();
        assertThat(directory.maySendAs(alice, "sales@second.test")).isTrue();
        assertThat(directory.maySendAs(alice, "bob@second.test")).isFalse();
        assertThat(directory.maySendAs(alice, "alice@remote.test")).isFalse();
        assertThat(directory.address(alice)).hasValue("alice@example.test");
        assertThat(directory.address(new AccountId(99))).isEmpty();
    }

    @Test
    void answers_are_remembered_until_a_change_is_committed() throws Exception {
        assertThat(directory.resolve("new@example.test")).isEqualTo(new Resolution.Unknown());
        sql("INSERT INTO account (domain_id, local_part) VALUES (1, 'new')");
        assertThat(directory.resolve("new@example.test")).isEqualTo(new Resolution.Unknown());
        directory.changed(new DirectoryChanged());
        assertThat(directory.resolve("new@example.test")).isInstanceOf(Resolution.Local.class);
    }
}
