package org.mailroom.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.admin.AdminException.Kind;

/** Accounts are removed, restored, purged, expire, and get other addresses; mail goes at the end only. */
class AccountLifeTest {
    private static final String ANN = "ann@here.test";
    private static final String WAITING =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

    private final DataSource database = TestDatabase.fresh();
    private final TestHouse house = new TestHouse(database);
    private final AccountAdmin accounts = house.bean(AccountAdmin.class);
    private final AddressAdmin addresses = house.bean(AddressAdmin.class);
    private final DomainAdmin domains = house.bean(DomainAdmin.class);
    private final AccountEnding ending = house.bean(AccountEnding.class);

    @FunctionalInterface
    private interface Deed {
        void run() throws Exception;
    }

    private <T> T ask(Callable<T> work) throws Exception {
        return house.inTransaction(work);
    }

    private void go(Deed deed) throws Exception {
        ask(() -> {
            deed.run();
            return true;
        });
    }

    private void refused(Kind kind, Deed deed) {
        assertThatThrownBy(() -> go(deed))
                .isInstanceOfSatisfying(
                        AdminException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> column(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    @BeforeEach
    void ann_with_a_message() throws Exception {
        go(() -> domains.add("here.test"));
        go(() -> domains.add("there.test"));
        ask(() -> accounts.add(new NewAccount(ANN, "Ann", null)));
        execute("INSERT INTO message (size, header_size, envelope, body_structure, parts, octets)"
                + " VALUES (1, 1, '', '', '', 'x')");
        execute("INSERT INTO mailbox_entry (mailbox_id, uid, message_id, internal_date, modseq, size)"
                + " SELECT id, 1, 1, now(), 1, 1 FROM mailbox"
                + " WHERE name = 'INBOX'");
    }

    @Test
    void a_removed_account_keeps_its_mail_until_its_time_is_over() throws Exception {
        go(() -> accounts.remove(ANN));
        var removed = ask(() -> accounts.find(ANN)).orElseThrow();
        assertThat(removed.enabled()).isFalse();
        assertThat(removed.removal()).isAfter(Instant.now().plusSeconds(29 * 86400));
        refused(Kind.CONFLICT, () -> accounts.remove(ANN));
        refused(Kind.CONFLICT, () -> accounts.enable(ANN, true));
        assertThat(ask(ending::purgeOne)).isFalse();
        go(() -> accounts.restore(ANN));
        assertThat(ask(() -> accounts.find(ANN)).orElseThrow().enabled()).isTrue();
        refused(Kind.NOT_FOUND, () -> accounts.restore(ANN));
        assertThat(column("SELECT 1 FROM mailbox_entry")).hasSize(1);
    }

    @Test
    void when_its_time_is_over_account_and_mail_are_gone_and_the_address_is_free() throws Exception {
        go(() -> addresses.putForward(new ForwardInfo(ANN, true, List.of("x@else.test"))));
        go(() -> accounts.alias(ANN, "a@here.test"));
        go(() -> accounts.remove(ANN));
        execute("UPDATE account SET removal = now()");
        assertThat(ask(ending::purgeOne)).isTrue();
        assertThat(ask(ending::purgeOne)).isFalse();
        assertThat(
                        column(
                                "SELECT local_part FROM account UNION SELECT name FROM mailbox UNION SELECT local_part FROM alias"))
                .isEmpty();
        assertThat(column("SELECT message_id FROM message_release")).containsExactly("1");
        assertThat(column("SELECT actor || ' ' || object || ' ' || detail FROM audit WHERE action = 'account.purged'"))
                .containsExactly("mailroom ann@here.test messages=1");
        assertThat(ask(() -> accounts.add(new NewAccount(ANN, "Another", null))).created())
                .isTrue();
    }

    /** A copy into its mailbox: that is locked before the account. */
    @Test
    void a_purge_gives_way_to_whoever_holds_a_mailbox() throws Exception {
        go(() -> accounts.remove(ANN));
        execute("UPDATE account SET removal = now()");
        try (var copy = database.getConnection();
                var statement = copy.createStatement();
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            copy.setAutoCommit(false);
            statement.execute("SELECT id FROM mailbox ORDER BY id FOR NO KEY UPDATE");
            var purge = executor.submit(() -> ask(ending::purgeOne));
            while (!purge.isDone() && column(WAITING).equals(List.of("0"))) {
                Thread.onSpinWait();
            }
            statement.execute("SELECT id FROM account FOR NO KEY UPDATE");
            copy.commit();
            assertThatThrownBy(() -> purge.get(30, TimeUnit.SECONDS))
                    .rootCause()
                    .hasMessageContaining("lock timeout");
        }
        assertThat(column("SELECT 1 FROM mailbox_entry")).hasSize(1);
        assertThat(ask(ending::purgeOne)).isTrue();
    }

    @Test
    void an_account_expires() throws Exception {
        go(() -> accounts.expire(ANN, Instant.now().plusSeconds(3600)));
        go(ending::expire);
        assertThat(ask(() -> accounts.find(ANN)).orElseThrow().enabled()).isTrue();
        execute("UPDATE account SET expires = now()");
        go(ending::expire);
        var expired = ask(() -> accounts.find(ANN)).orElseThrow();
        assertThat(expired.enabled()).isFalse();
        assertThat(expired.expires()).isNull();
    }

    @Test
    void what_was_disabled_before_it_was_removed_comes_back_disabled() throws Exception {
        go(() -> accounts.enable(ANN, false));
        go(() -> accounts.remove(ANN));
        go(ending::expire);
        go(() -> accounts.restore(ANN));
        var restored = ask(() -> accounts.find(ANN)).orElseThrow();
        assertThat(restored.enabled()).isFalse();
        assertThat(restored.expires()).isNull();
        go(() -> accounts.enable(ANN, true));
        go(() -> accounts.remove(ANN));
        go(() -> accounts.restore(ANN));
        assertThat(ask(() -> accounts.find(ANN)).orElseThrow().enabled()).isTrue();
    }

    @Test
    void what_expired_while_it_was_removed_comes_back_disabled() throws Exception {
        var end = Instant.parse("2040-01-31T00:00:00Z");
        go(() -> accounts.expire(ANN, end));
        go(() -> accounts.remove(ANN));
        refused(Kind.CONFLICT, () -> accounts.expire(ANN, null));
        go(() -> accounts.restore(ANN));
        var before = ask(() -> accounts.find(ANN)).orElseThrow();
        assertThat(before.enabled()).isTrue();
        assertThat(before.expires()).isEqualTo(end);
        go(() -> accounts.remove(ANN));
        execute("UPDATE account SET expires = now()");
        go(ending::expire);
        go(() -> accounts.restore(ANN));
        assertThat(ask(() -> accounts.find(ANN)).orElseThrow().enabled()).isFalse();
    }

    @Test
    void an_account_whose_time_is_past_is_disabled_at_once() throws Exception {
        go(() -> accounts.expire(ANN, Instant.parse("2020-01-31T00:00:00Z")));
        var expired = ask(() -> accounts.find(ANN)).orElseThrow();
        assertThat(expired.enabled()).isFalse();
        assertThat(expired.expires()).isNull();
        go(() -> accounts.expire(ANN, Instant.parse("2040-01-31T00:00:00Z")));
        assertThat(ask(() -> accounts.find(ANN)).orElseThrow().enabled()).isFalse();
    }

    @Test
    void an_account_moves_to_another_domain_and_whoever_led_to_it_still_does() throws Exception {
        go(() -> addresses.putGroup(new GroupInfo("all@here.test", "", "anybody", ANN, List.of(ANN, "x@else.test"))));
        go(() -> addresses.putAlias(new AliasInfo("sales@here.test", List.of(ANN, "anna@there.test"))));
        go(() -> domains.catchAll("here.test", ANN));
        execute("INSERT INTO group_moderator SELECT id, '" + ANN + "' FROM mail_group");
        execute(
                "INSERT INTO address_rewrite (domain_id, rank, pattern, regular, target) SELECT min(id), 1, 'x*', false, '"
                        + ANN + "' FROM domain");
        go(() -> accounts.move(ANN, "anna@there.test", true));
        var moved = ask(() -> accounts.find("anna@there.test")).orElseThrow();
        assertThat(moved.aliases()).containsExactly(ANN);
        assertThat(ask(() -> accounts.find(ANN))).isEmpty();
        assertThat(column("SELECT address FROM group_member ORDER BY address"))
                .containsExactly("anna@there.test", "x@else.test");
        assertThat(column("SELECT address FROM alias_target")).containsExactly("anna@there.test");
        assertThat(column("SELECT target FROM catch_all")).containsExactly("anna@there.test");
        assertThat(column("SELECT owner FROM mail_group")).containsExactly("anna@there.test");
        assertThat(column("SELECT address FROM group_moderator")).containsExactly("anna@there.test");
        assertThat(column("SELECT target FROM address_rewrite")).containsExactly("anna@there.test");
        assertThat(column("SELECT account_id FROM mailbox_entry e JOIN mailbox m ON m.id = e.mailbox_id"))
                .hasSize(1);
        go(() -> accounts.move("anna@there.test", ANN, false));
        assertThat(ask(() -> accounts.find(ANN)).orElseThrow().aliases()).isEmpty();
    }

    @Test
    void nobody_moves_to_where_somebody_is() throws Exception {
        ask(() -> accounts.add(new NewAccount("bob@here.test", "Bob", null)));
        refused(Kind.CONFLICT, () -> accounts.move(ANN, "bob@here.test", true));
        refused(Kind.CONFLICT, () -> accounts.move(ANN, "ann@nowhere.test", true));
        refused(Kind.NOT_FOUND, () -> accounts.move("carl@here.test", "dan@here.test", true));
    }

    @Test
    void a_domain_gets_another_name_and_everybody_in_it_lives_on() throws Exception {
        go(() -> addresses.putAlias(new AliasInfo("sales@there.test", List.of(ANN, "x@else.test"))));
        go(() -> domains.rename("here.test", "new.test", true));
        assertThat(ask(() -> accounts.find("ann@new.test"))).isPresent();
        assertThat(column("SELECT address FROM alias_target ORDER BY address"))
                .containsExactly("ann@new.test", "x@else.test");
        assertThat(ask(domains::domains).getFirst().otherNames()).containsExactly("here.test");
        refused(Kind.CONFLICT, () -> domains.rename("new.test", "there.test", false));
        refused(Kind.NOT_FOUND, () -> domains.rename("none.test", "other.test", false));
    }
}
