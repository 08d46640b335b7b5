package org.mailroom.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.MailException;
import org.mailroom.directory.Directory;
import org.mailroom.directory.DirectoryChanged;
import org.mailroom.directory.UsageLimits.Listed;
import org.mailroom.mailbox.Quotas;

/** What accounts, domains and tenants may use: set, held, and told when it runs out. */
class LimitAdminTest {
    private static final AccountId ALICE = new AccountId(1);
    private static final AccountId BOB = new AccountId(2);

    private final DataSource database = TestDatabase.fresh();
    private final TestHouse house = new TestHouse(database);
    private final LimitAdmin admin = house.bean(LimitAdmin.class);
    private final Quotas quotas = house.bean(Quotas.class);

    @BeforeEach
    void two_domains() throws Exception {
        sql("INSERT INTO domain (name) VALUES ('here.test'), ('branch.test')");
        sql("INSERT INTO account (domain_id, local_part) VALUES (1, 'alice'), (2, 'bob')");
        sql("INSERT INTO mailbox (account_id, name, uid_validity, octets, messages)"
                + " VALUES (1, 'INBOX', 1, 500, 5), (2, 'INBOX', 2, 300, 3)");
    }

    private void sql(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
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

    private void put(
            String of,
            @Nullable Long octets,
            @Nullable Long messages,
            @Nullable Long messageOctets,
            @Nullable Integer recipients)
            throws Exception {
        go(() -> admin.put(LimitInfo.wish(of, octets, messages, messageOctets, recipients)));
    }

    private interface Deed {
        void go() throws AdminException;
    }

    private void go(Deed deed) throws Exception {
        house.inTransaction(() -> {
            deed.go();
            return true;
        });
        house.bean(Directory.class).changed(new DirectoryChanged());
    }

    private static void full(ThrowingCallable check) {
        assertThatThrownBy(check).isInstanceOf(MailException.class);
    }

    @Test
    void an_account_a_domain_and_a_tenant_are_listed_with_what_they_use() throws Exception {
        go(() -> admin.putTenant(new TenantInfo("acme", List.of("here.test", "branch.test"))));
        put("acme", 1000L, null, null, null);
        put("here.test", null, 10L, null, 50);
        put("alice@here.test", 1000L, null, 4000L, null);
        assertThat(admin.limits())
                .extracting(one -> one.of() + " " + one.usedOctets() + " " + one.usedMessages() + " " + one.percent())
                .containsExactly("acme 800 8 80", "here.test 500 5 50", "alice@here.test 500 5 50");
        put("alice@here.test", null, null, null, null);
        assertThat(admin.limits()).hasSize(2);
        assertThat(rows("SELECT detail FROM audit ORDER BY id DESC LIMIT 1").getFirst())
                .contains("before=octets:1000", "after=octets:null");
    }

    @Test
    void what_is_put_says_whether_it_is_new() throws Exception {
        var tenant = new TenantInfo("acme", List.of("here.test"));
        assertThat(house.inTransaction(() -> admin.putTenant(tenant))).isTrue();
        assertThat(house.inTransaction(() -> admin.putTenant(tenant))).isFalse();
        var limit = LimitInfo.wish("acme", 1000L, null, null, null);
        assertThat(house.inTransaction(() -> admin.put(limit))).isTrue();
        assertThat(house.inTransaction(() -> admin.put(limit))).isFalse();
        var none = LimitInfo.wish("here.test", null, null, null, null);
        assertThat(house.inTransaction(() -> admin.put(none))).isFalse();
    }

    @Test
    void what_a_domain_or_a_tenant_stores_together_is_held() throws Exception {
        quotas.check(ALICE, 10_000);
        put("here.test", 600L, null, null, null);
        assertThat(quotas.isLimited(ALICE)).isTrue();
        assertThat(quotas.isLimited(BOB)).isFalse();
        full(() -> quotas.check(ALICE, 101));
        quotas.check(ALICE, 100);
        quotas.check(BOB, 10_000);
        go(() -> admin.putTenant(new TenantInfo("acme", List.of("here.test", "branch.test"))));
        put("acme", null, 8L, null, null);
        full(() -> quotas.check(BOB, 1));
    }

    @Test
    void the_nearest_size_of_a_message_counts_and_every_rate() throws Exception {
        var directory = house.bean(Directory.class);
        go(() -> admin.putTenant(new TenantInfo("acme", List.of("here.test"))));
        put("acme", null, null, 9000L, 500);
        put("here.test", null, null, null, 50);
        assertThat(directory.sendLimits(ALICE).messageOctets()).isEqualTo(9000L);
        put("alice@here.test", null, null, 4000L, 5);
        assertThat(directory.sendLimits(ALICE).messageOctets()).isEqualTo(4000L);
        assertThat(directory.sendLimits(ALICE).rates().stream().map(rate -> rate.of() + " " + rate.recipients()))
                .containsExactly("alice@here.test 5", "here.test 50", "acme 500");
        assertThat(directory.sendLimits(BOB).rates()).isEmpty();
    }

    @Test
    void a_store_that_fills_is_told_at_each_mark_once_and_again_after_room_was_made() throws Exception {
        var watch = house.bean(UsageWatch.class);
        put("alice@here.test", 600L, null, null, null);
        watching(watch);
        watching(watch);
        assertThat(letters()).containsExactly("alice@here.test 83 percent of your mailbox is used");
        sql("UPDATE mailbox SET octets = 580 WHERE account_id = 1");
        watching(watch);
        sql("UPDATE mailbox SET octets = 100 WHERE account_id = 1");
        watching(watch);
        assertThat(rows("SELECT id FROM usage_warning")).isEmpty();
        sql("UPDATE mailbox SET octets = 500 WHERE account_id = 1");
        sql("UPDATE account SET language = 'de' WHERE id = 1");
        watching(watch);
        assertThat(letters())
                .containsExactly(
                        "alice@here.test 83 percent of your mailbox is used",
                        "alice@here.test 96 percent of your mailbox is used",
                        "alice@here.test Ihr Postfach ist zu 83 Prozent voll");
        assertThat(rows("SELECT concat_ws(' ', step, recipient, rule, detail) FROM trace ORDER BY at, id LIMIT 1"))
                .containsExactly("received alice@here.test mailroom usage.account");
    }

    @Test
    void a_letter_that_cannot_be_written_keeps_no_other_back() throws Exception {
        var letters = house.bean(UsageLetters.class);
        house.put(UsageLetters.class, new UsageLetters() {
            @Override
            public void tell(Listed one) {
                if (one.of().equals("here.test")) {
                    throw new IllegalStateException("no room for it");
                }
                letters.tell(one);
            }
        });
        put("here.test", 600L, null, null, null);
        put("alice@here.test", 600L, null, null, null);
        watching(house.bean(UsageWatch.class));
        assertThat(letters()).containsExactly("alice@here.test 83 percent of your mailbox is used");
    }

    @Test
    void a_domain_s_postmaster_hears_of_the_domain() throws Exception {
        put("here.test", null, 5L, null, null);
        watching(house.bean(UsageWatch.class));
        assertThat(letters()).containsExactly("postmaster@here.test 100 percent of what here.test may store is used");
    }

    private void watching(UsageWatch watch) throws Exception {
        house.inTransaction(() -> {
            watch.run();
            return true;
        });
    }

    private List<String> letters() throws SQLException {
        return rows("SELECT r.address || ' ' || m.subject FROM queued_recipient r JOIN queued_message q"
                + " ON q.id = r.queued_id JOIN message m ON m.id = q.message_id ORDER BY r.id");
    }

    @Test
    void a_domain_s_administrator_limits_accounts_of_his_and_not_his_domain() throws Exception {
        sql("INSERT INTO account_role (account_id, role, domain_id) VALUES (1, 'domain-administrator', 1)");
        put("here.test", 5000L, null, null, null);
        put("branch.test", 5000L, null, null, null);
        house.caller("alice@here.test", Role.DOMAIN_ADMINISTRATOR);
        assertThat(admin.limits()).extracting(LimitInfo::of).containsExactly("here.test");
        assertThatThrownBy(() -> put("here.test", 9000L, null, null, null)).isInstanceOf(AdminException.class);
        assertThatThrownBy(() -> put("bob@branch.test", 9000L, null, null, null))
                .isInstanceOf(AdminException.class);
    }
}
