package org.mailroom.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.TestDatabase;
import org.mailroom.contract.AccountId;
import org.mailroom.directory.Expansion.End;

/** Where mail for an address goes, all the way. */
class ExpansionTest {
    private static final AccountId ALICE = new AccountId(1);
    private static final AccountId BOB = new AccountId(2);

    private final DataSource database = TestDatabase.fresh();
    private final Directory directory = new Directory(database, DirectorySettings.DEFAULT);

    private void sql(String sql) throws Exception {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
        directory.changed(new DirectoryChanged());
    }

    @BeforeEach
    void a_domain_with_everything() throws Exception {
        sql("INSERT INTO domain (name, kind) VALUES ('here.test', 'local'), ('backup.test', 'relay')");
        sql("INSERT INTO alias_domain (name, domain_id) VALUES ('other.test', 1)");
        sql("INSERT INTO account (domain_id, local_part) VALUES (1, 'alice'), (1, 'bob'), (1, 'carol')");
        sql("INSERT INTO alias (domain_id, local_part, account_id) VALUES (1, 'postmaster', 1)");
        sql("INSERT INTO alias (domain_id, local_part) VALUES (1, 'both')");
        sql("INSERT INTO alias_target (alias_id, address) VALUES (2, 'alice@here.test'), (2, 'X@there.test')");
        group("team", "alice@here.test", "bob@here.test", "x@there.test");
    }

    private void group(String name, String... members) throws Exception {
        sql("INSERT INTO mail_group (domain_id, local_part) VALUES (1, '" + name + "')");
        for (var member : members) {
            sql("INSERT INTO group_member (group_id, address) SELECT id, '" + member
                    + "' FROM mail_group WHERE local_part = '" + name + "'");
        }
    }

    private void forward(int account, boolean keepsCopy, String... targets) throws Exception {
        sql("INSERT INTO forward (account_id, keeps_copy) VALUES (" + account + ", " + keepsCopy + ")");
        for (var target : targets) {
            sql("INSERT INTO forward_target (account_id, address) VALUES (" + account + ", '" + target + "')");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice@here.test",
                "alice@other.test",
                "Alice+Shop@here.test",
                "alice+a+b@other.test",
                "postmaster@other.test"
            })
    void an_account_has_many_ways_to_it(String address) {
        assertThat(directory.resolve(address)).isEqualTo(new Resolution.Local(ALICE, "alice@here.test"));
        assertThat(directory.maySendAs(ALICE, address)).isTrue();
    }

    @Test
    void a_tag_alone_is_nobody_and_the_separator_can_be_chosen() {
        assertThat(directory.resolve("+x@here.test")).isEqualTo(new Resolution.Unknown());
        assertThat(directory.resolve("dave+x@here.test")).isEqualTo(new Resolution.Unknown());
        var dashes = new Directory(database, new DirectorySettings(Optional.empty(), "-"));
        assertThat(dashes.resolve("alice-x@here.test")).isInstanceOf(Resolution.Local.class);
        assertThat(dashes.resolve("alice+x@here.test")).isEqualTo(new Resolution.Unknown());
        assertThat(dashes.resolve("team-bounces@here.test")).isInstanceOf(Resolution.Aliased.class);
    }

    @Test
    void a_relay_domain_is_neither_ours_nor_strange() {
        assertThat(directory.resolve("x@Backup.test")).isEqualTo(new Resolution.Relayed("backup.test"));
        assertThat(directory.isOurs("backup.test")).isFalse();
        assertThat(directory.isRelayed("backup.test")).isTrue();
        assertThat(directory.isOurs("other.test")).isTrue();
    }

    @Test
    void an_alias_leads_to_several_here_and_elsewhere() {
        var both = directory.whereTo("both@here.test");
        assertThat(both.accounts()).containsExactly(ALICE);
        assertThat(both.elsewhere()).containsExactly("X@there.test");
        assertThat(both.lines())
                .containsExactly(
                        "both@here.test: the alias both@here.test leads to",
                        "  alice@here.test: the account alice@here.test gets it",
                        "  X@there.test: is at another host; our users' mail goes to there.test");
    }

    @Test
    void who_is_behind_an_alias_answers_in_its_name_and_members_of_a_group_do_not() {
        assertThat(directory.maySendAs(ALICE, "Both@here.test")).isTrue();
        assertThat(directory.maySendAs(BOB, "both@here.test")).isFalse();
        assertThat(directory.maySendAs(ALICE, "team@here.test")).isFalse();
        assertThat(directory.maySendAs(BOB, "team@here.test")).isFalse();
        assertThat(directory.maySendAs(ALICE, "team-owner@here.test")).isFalse();
    }

    @Test
    void the_catch_all_takes_what_is_for_nobody_and_lends_nobody_its_name() throws Exception {
        sql("INSERT INTO catch_all (domain_id, target) VALUES (1, 'bob@here.test')");
        assertThat(directory.whereTo("nobody@other.test").accounts()).containsExactly(BOB);
        assertThat(directory.whereTo("alice+x@other.test").accounts()).containsExactly(ALICE);
        assertThat(directory.maySendAs(BOB, "nobody@here.test")).isFalse();
    }

    @Test
    void a_catch_all_that_leads_to_nobody_ends() throws Exception {
        sql("INSERT INTO catch_all (domain_id, target) VALUES (1, 'nobody@here.test')");
        assertThat(directory.whereTo("x@here.test").arrives()).isFalse();
    }

    @Test
    void a_forward_leaves_a_copy_or_none_and_the_account_stays_its_owners() throws Exception {
        forward(1, true, "a@there.test");
        forward(2, false, "b@there.test");
        assertThat(directory.whereTo("alice@here.test").accounts()).containsExactly(ALICE);
        assertThat(directory.whereTo("alice@here.test").elsewhere()).containsExactly("a@there.test");
        assertThat(directory.whereTo("bob@here.test").accounts()).isEmpty();
        assertThat(directory.maySendAs(BOB, "bob@here.test")).isTrue();
    }

    @Test
    void a_group_sends_to_each_once_though_groups_are_nested() throws Exception {
        group("all", "team@here.test", "both@here.test", "carol@here.test", "nobody@here.test");
        var all = directory.whereTo("all@here.test");
        assertThat(all.accounts()).containsExactly(ALICE, BOB, new AccountId(3));
        assertThat(all.elsewhere()).containsExactly("x@there.test", "X@there.test");
        assertThat(all.steps().map(Expansion::end)).contains(End.AGAIN);
    }

    @Test
    void what_is_said_to_a_groups_roles_goes_to_its_owner() {
        for (var role : List.of("bounces", "owner", "request")) {
            assertThat(directory.whereTo("team-" + role + "@here.test").accounts())
                    .containsExactly(ALICE);
        }
        var team = (Resolution.Group) directory.resolve("team@here.test");
        assertThat(team.bounceAddress()).isEqualTo("team-bounces@here.test");
        assertThat(team.owner()).isEqualTo("postmaster@here.test");
        assertThat(directory.resolve("alice-bounces@here.test")).isEqualTo(new Resolution.Unknown());
    }

    @Test
    void a_circle_is_named_and_loses_nothing() throws Exception {
        forward(1, false, "bob@here.test");
        forward(2, false, "alice+back@here.test");
        var circle = directory.whereTo("alice@here.test");
        assertThat(circle.accounts()).containsExactly(ALICE);
        assertThat(circle.lines().getLast())
                .isEqualTo(
                        "    alice+back@here.test: leads back in a circle, which ends here: the account keeps the mail");
        assertThat(directory.whereTo("bob@here.test").accounts()).containsExactly(BOB);
    }

    @Test
    void a_forward_to_itself_is_harmless() throws Exception {
        forward(1, false, "alice@here.test", "x@there.test");
        assertThat(directory.whereTo("alice@here.test").accounts()).containsExactly(ALICE);
        assertThat(directory.whereTo("alice@here.test").elsewhere()).containsExactly("x@there.test");
    }

    @Test
    void groups_in_a_circle_end() throws Exception {
        group("one", "two@here.test");
        group("two", "one@here.test", "bob@here.test");
        assertThat(directory.whereTo("one@here.test").accounts()).containsExactly(BOB);
    }

    @Test
    void depth_and_size_are_bounded() throws Exception {
        for (int i = 0; i < 12; i++) {
            group("deep" + i, "deep" + (i + 1) + "@here.test");
        }
        assertThat(directory.whereTo("deep0@here.test").steps().map(Expansion::end))
                .hasSize(11)
                .endsWith(End.TOO_DEEP);
        group("many");
        sql("INSERT INTO group_member (group_id, address) SELECT (SELECT max(id) FROM mail_group), n || '@there.test'"
                + " FROM generate_series(1, 10100) n");
        assertThat(directory.whereTo("many@here.test").steps().map(Expansion::end))
                .hasSize(10_001)
                .endsWith(End.TOO_MANY);
    }
}
