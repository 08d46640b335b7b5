package org.mailroom.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.admin.AdminException.Kind;

/** A token may never do more than its owner at that moment, ends by itself, and is kept nowhere. */
class ApiTokenTest {
    private static final String DORA = "dora@mine.test";
    private static final String ROOT = "root@mine.test";

    private final DataSource database = TestDatabase.fresh();
    private final TestHouse house = new TestHouse(database);
    private final ApiTokenAdmin admin = house.bean(ApiTokenAdmin.class);
    private final ApiTokenLogin logins = house.bean(ApiTokenLogin.class);
    private final AccountAdmin accounts = house.bean(AccountAdmin.class);
    private final TokenInUse inUse = house.bean(TokenInUse.class);
    private final RoleAdmin roles = house.bean(RoleAdmin.class);

    @BeforeEach
    void people() throws Exception {
        execute("INSERT INTO domain (name) VALUES ('mine.test'), ('other.test')");
        execute("INSERT INTO alias_domain (name, domain_id) VALUES ('alsomine.test', 1)");
        execute("INSERT INTO account (domain_id, local_part) VALUES (1, 'dora'), (1, 'ann'), (2, 'bob'), (1, 'root')");
        grant(DORA, Role.DOMAIN_ADMINISTRATOR, "mine.test");
        grant(ROOT, Role.ADMINISTRATOR, "");
    }

    private void grant(String who, String role, String domain) throws Exception {
        ask(() -> {
            roles.grant(new RoleInfo(who, role, domain));
            return true;
        });
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private <T> T ask(Callable<T> work) throws Exception {
        return house.inTransaction(work);
    }

    private String make(String owner, String role, String domain) throws Exception {
        var wish = new NewApiToken("script " + role + domain, role, domain, false, 30);
        return Objects.requireNonNull(ask(() -> admin.add(owner, wish)).password());
    }

    private Optional<ApiTokenUse> use(String secret) throws Exception {
        return ask(() -> logins.login(secret, "192.0.2.7"));
    }

    private void refused(Kind kind, Callable<?> work) {
        assertThatThrownBy(() -> ask(work))
                .isInstanceOfSatisfying(
                        AdminException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void it_asks_in_its_owners_name_and_its_use_is_seen() throws Exception {
        var secret = make(ROOT, Role.AUDITOR, "");
        assertThat(secret).startsWith("mrt_").hasSize(30);
        assertThat(use(secret)).hasValueSatisfying(used -> {
            assertThat(used.owner()).isEqualTo(ROOT);
            assertThat(used.role()).isEqualTo(Role.AUDITOR);
            assertThat(used.domains()).isNull();
        });
        assertThat(use(secret.replace("mrt_", "mrt-"))).isEmpty();
        assertThat(use("mrt_" + "2".repeat(26))).isEmpty();
        var seen = ask(() -> admin.all(0, 10)).rows().getFirst();
        assertThat(seen.lastUsed()).isNotNull();
        assertThat(seen.lastClient()).isEqualTo("192.0.2.7");
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM api_token t, audit a WHERE position('"
                        + secret.substring(4) + "' in t::text || a::text) > 0")) {
            rows.next();
            assertThat(rows.getLong(1)).isZero();
        }
    }

    @Test
    void it_ends_when_its_time_is_over_and_when_its_owner_loses_what_it_is_for() throws Exception {
        var hers = make(DORA, Role.DOMAIN_ADMINISTRATOR, "");
        var secret = make(ROOT, Role.HELP_DESK, "");
        assertThat(use(hers))
                .hasValueSatisfying(
                        used -> assertThat(used.domains()).containsExactlyInAnyOrder("mine.test", "alsomine.test"));
        execute("DELETE FROM account_role WHERE role = 'domain-administrator'");
        assertThat(use(hers)).isEmpty();
        assertThat(use(secret)).isPresent();
        execute("UPDATE account SET enabled = false");
        assertThat(use(secret)).isEmpty();
        execute("UPDATE account SET enabled = true");
        execute("UPDATE api_token SET expires = now() - interval '1 second'");
        assertThat(use(secret)).isEmpty();
    }

    @Test
    void nobody_gets_one_for_more_than_he_may() throws Exception {
        refused(Kind.FORBIDDEN, () -> admin.add(DORA, new NewApiToken("x", Role.ADMINISTRATOR, "", false, 1)));
        refused(Kind.FORBIDDEN, () -> admin.add(DORA, new NewApiToken("x", Role.AUDITOR, "", false, 1)));
        refused(
                Kind.FORBIDDEN,
                () -> admin.add(DORA, new NewApiToken("x", Role.DOMAIN_ADMINISTRATOR, "other.test", false, 1)));
        refused(Kind.INVALID, () -> admin.add(ROOT, new NewApiToken("x", Role.DOMAIN_ADMINISTRATOR, "", false, 1)));
        refused(Kind.INVALID, () -> admin.add(ROOT, new NewApiToken("x", Role.AUDITOR, "mine.test", false, 1)));
        refused(Kind.INVALID, () -> admin.add(ROOT, new NewApiToken("x", "king", "", false, 1)));
        refused(Kind.INVALID, () -> admin.add(ROOT, new NewApiToken("x", Role.AUDITOR, "", false, 0)));
        refused(Kind.NOT_FOUND, () -> admin.add("nobody@mine.test", new NewApiToken("x", Role.USER, "", false, 1)));
        make(ROOT, Role.AUDITOR, "");
        refused(Kind.CONFLICT, () -> make(ROOT, Role.AUDITOR, ""));
    }

    @Test
    void nobody_makes_himself_one_for_more_than_he_may_as_he_is_logged_in() throws Exception {
        house.caller(ROOT, Role.USER);
        for (var role : Role.GRANTED) {
            refused(Kind.FORBIDDEN, () -> admin.addOwn(new NewApiToken("x", role, "", false, 1)));
        }
        refused(Kind.INVALID, () -> admin.addOwn(new NewApiToken("x", "king", "", false, 1)));
        assertThat(ask(() -> admin.addOwn(new NewApiToken("x", Role.USER, "", false, 1)))
                        .created())
                .isTrue();
        house.caller(DORA, Role.DOMAIN_ADMINISTRATOR, Role.USER);
        assertThat(ask(() -> admin.addOwn(new NewApiToken("x", Role.DOMAIN_ADMINISTRATOR, "", false, 1)))
                        .created())
                .isTrue();
        house.caller(ROOT, Role.ADMINISTRATOR, Role.USER);
        assertThat(ask(() -> admin.addOwn(new NewApiToken("y", Role.AUDITOR, "", false, 1)))
                        .created())
                .isTrue();
    }

    @Test
    void it_is_kept_to_its_domain_and_makes_no_other() throws Exception {
        var used = use(make(ROOT, Role.DOMAIN_ADMINISTRATOR, "mine.test")).orElseThrow();
        house.caller(used.owner(), used.role());
        inUse.is(used);
        assertThat(ask(() -> accounts.accounts("", 0, 10)).rows())
                .extracting(AccountInfo::address)
                .containsExactly("ann@mine.test", "dora@mine.test", "root@mine.test");
        refused(Kind.FORBIDDEN, () -> accounts.add(new NewAccount("new@other.test", "", null)));
        refused(Kind.FORBIDDEN, () -> admin.addOwn(new NewApiToken("x", Role.USER, "", false, 1)));
        ask(() -> {
            accounts.rename("ann@mine.test", "Ann");
            return true;
        });
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT actor FROM audit ORDER BY id DESC LIMIT 1")) {
            rows.next();
            assertThat(rows.getString(1)).isEqualTo("root@mine.test (token script domain-administratormine.test)");
        }
    }

    @Test
    void everybody_revokes_his_own_and_an_administrator_all() throws Exception {
        var secret = make(DORA, Role.USER, "");
        long id = ask(() -> admin.all(0, 10)).rows().getFirst().id();
        house.caller("ann@mine.test", Role.USER);
        refused(Kind.NOT_FOUND, () -> {
            admin.removeOwn(id);
            return true;
        });
        house.caller(DORA, Role.USER);
        assertThat(ask(admin::own)).hasSize(1);
        ask(() -> {
            admin.removeOwn(id);
            return true;
        });
        assertThat(use(secret)).isEmpty();
    }
}
