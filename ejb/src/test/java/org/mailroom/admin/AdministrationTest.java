package org.mailroom.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateless;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.admin.AdminException.Kind;

class AdministrationTest {
    private final DataSource database = TestDatabase.fresh();
    private final TestHouse house = new TestHouse(database);
    private final DomainAdmin domains = house.bean(DomainAdmin.class);
    private final AccountAdmin accounts = house.bean(AccountAdmin.class);
    private final RoleAdmin roles = house.bean(RoleAdmin.class);
    private final RouteAdmin routes = house.bean(RouteAdmin.class);
    private final Setup setup = house.bean(Setup.class);
    private Created administrator;

    @FunctionalInterface
    private interface Deed {
        void run() throws AdminException;
    }

    private <T> T ask(Callable<T> work) throws Exception {
        return house.inTransaction(work);
    }

    private void go(Deed deed) throws Exception {
        house.inTransaction(() -> {
            deed.run();
            return true;
        });
    }

    private void refused(Kind kind, String text, Deed deed) {
        assertThatThrownBy(() -> go(deed))
                .isInstanceOfSatisfying(
                        AdminException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining(text);
    }

    private AccountInfo account(String address) throws Exception {
        return ask(() -> accounts.find(address).orElseThrow());
    }

    private Created add(String address) throws Exception {
        return ask(() -> accounts.add(new NewAccount(address, "", null)));
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
    void the_first_start() throws Exception {
        administrator = ask(() -> setup.first("Example.TEST", "admin"));
    }

    /** What the pages and the API call is judged here, so no bean may be open by an omission. */
    @Test
    void every_bean_says_who_may_call_it() throws Exception {
        var place = Path.of(AccountAdmin.class.getResource("AccountAdmin.class").toURI())
                .getParent();
        var open = new ArrayList<String>();
        try (var files = Files.list(place)) {
            for (var file : files.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".class"))
                    .toList()) {
                var type = Class.forName("org.mailroom.admin." + file.replaceAll("\\.class$", ""));
                boolean bean = type.isAnnotationPresent(Stateless.class) || type.isAnnotationPresent(Singleton.class);
                if (bean && !type.isAnnotationPresent(RolesAllowed.class)) {
                    open.add(type.getSimpleName());
                    assertThat(type.isAnnotationPresent(PermitAll.class))
                            .as(type.getName())
                            .isTrue();
                }
            }
        }
        assertThat(open)
                .containsExactlyInAnyOrder(
                        "ConsoleLogin",
                        "ApiTokenLogin",
                        "OpenIdLogin",
                        "IssuerRoles",
                        "Readiness",
                        "Scope",
                        "Audit",
                        "AccountEnding",
                        "AccountPurge",
                        "UsageWatch",
                        "UsageLetters",
                        "SettingHistory",
                        "CertificateRenewal",
                        "AcmeOutcome",
                        // What an authority asks for, whoever it is.
                        "AcmeAnswers");
    }

    @Test
    void server_is_to_be_set_up_until_it_has_a_second_domain_or_account() throws Exception {
        assertThat(ask(setup::pending)).isTrue();
        go(() -> domains.add("second.test"));
        assertThat(ask(setup::pending)).isFalse();
        go(() -> domains.remove("second.test"));
        assertThat(ask(setup::pending)).isTrue();
        add("ann@example.test");
        assertThat(ask(setup::pending)).isFalse();
    }

    @Test
    void the_first_start_makes_domain_administrator_and_required_addresses() throws Exception {
        assertThat(administrator.created()).isTrue();
        assertThat(administrator.password()).hasSize(20).matches("[a-z2-9]+");
        var account = account("admin@example.test");
        assertThat(account.roles()).containsExactly(Role.ADMINISTRATOR);
        assertThat(account.aliases()).containsExactly("abuse@example.test", "postmaster@example.test");
        assertThat(column("SELECT name FROM mailbox ORDER BY name"))
                .containsExactly("Archive", "Drafts", "INBOX", "Junk", "Sent", "Trash");
    }

    @Test
    void a_second_first_start_changes_nothing() throws Exception {
        var again = ask(() -> setup.first("other.test", "root"));
        assertThat(again).isEqualTo(new Created("admin@example.test", false, null));
        assertThat(ask(domains::domains)).extracting(DomainInfo::name).containsExactly("example.test");
    }

    @Test
    void a_password_is_kept_as_verifier_and_scram_keys_only() throws Exception {
        assertThat(column("SELECT verifier FROM account"))
                .singleElement()
                .asString()
                .startsWith("$argon2id$");
        assertThat(column("SELECT octet_length(scram_stored_key) + octet_length(scram_server_key) FROM account"))
                .containsExactly("64");
        assertThat(column("SELECT action || object || detail FROM audit"))
                .noneMatch(line -> line.contains(administrator.password()));
    }

    @Test
    void a_lost_administrators_password_is_made_anew() throws Exception {
        var before = column("SELECT verifier FROM account");
        var reset = ask(setup::resetAdministrator);
        assertThat(reset.address()).isEqualTo("admin@example.test");
        assertThat(reset.password()).isNotNull().isNotEqualTo(administrator.password());
        assertThat(column("SELECT verifier FROM account")).isNotEqualTo(before);
    }

    @Test
    void adding_what_exists_is_no_error_and_changes_nothing() throws Exception {
        assertThat(ask(() -> domains.add("second.test"))).isTrue();
        assertThat(ask(() -> domains.add("Second.Test"))).isFalse();
        assertThat(add("alice@second.test").created()).isTrue();
        var verifier = column("SELECT verifier FROM account WHERE local_part = 'alice'");
        assertThat(add("Alice@Second.test")).isEqualTo(new Created("alice@second.test", false, null));
        assertThat(column("SELECT verifier FROM account WHERE local_part = 'alice'"))
                .isEqualTo(verifier);
    }

    @Test
    void every_domain_has_a_postmaster_from_the_start_and_keeps_it() throws Exception {
        go(() -> domains.add("second.test"));
        assertThat(account("admin@example.test").aliases()).contains("postmaster@second.test", "abuse@second.test");
        refused(
                Kind.CONFLICT,
                "needs postmaster@second.test",
                () -> accounts.removeAlias("admin@example.test", "postmaster@second.test"));
        add("alice@second.test");
        go(() -> accounts.alias("alice@second.test", "postmaster@second.test"));
        assertThat(account("alice@second.test").aliases()).containsExactly("postmaster@second.test");
        assertThat(account("admin@example.test").aliases()).doesNotContain("postmaster@second.test");
    }

    @Test
    void a_domain_goes_only_when_nobody_lives_there() throws Exception {
        go(() -> domains.add("second.test"));
        add("alice@second.test");
        refused(Kind.CONFLICT, "still has accounts", () -> domains.remove("second.test"));
        refused(Kind.NOT_FOUND, "no domain third.test", () -> domains.remove("third.test"));
        go(() -> domains.add("third.test"));
        go(() -> domains.remove("Third.test"));
        assertThat(ask(domains::domains)).extracting(DomainInfo::name).containsExactly("example.test", "second.test");
        assertThat(column("SELECT count(*) FROM alias")).containsExactly("4");
    }

    @Test
    void an_account_needs_a_domain_of_ours_and_an_address_of_its_own() throws Exception {
        refused(
                Kind.NOT_FOUND,
                "no domain elsewhere.test",
                () -> accounts.add(new NewAccount("a@elsewhere.test", "", null)));
        refused(
                Kind.CONFLICT,
                "alias of admin@example.test",
                () -> accounts.add(new NewAccount("abuse@example.test", "", null)));
        refused(Kind.INVALID, "@", () -> accounts.add(new NewAccount("alice", "", null)));
        refused(Kind.INVALID, "1 to 256", () -> accounts.add(new NewAccount("a@example.test", "", "")));
        refused(Kind.INVALID, "one line", () -> accounts.add(new NewAccount("a@example.test", "a\nb", "long enough")));
        assertThat(column("SELECT count(*) FROM account")).containsExactly("1");
    }

    @Test
    void aliases_belong_to_one_account() throws Exception {
        add("alice@example.test");
        add("bob@example.test");
        assertThat(ask(() -> accounts.alias("alice@example.test", "sales@example.test")))
                .isTrue();
        assertThat(ask(() -> accounts.alias("alice@example.test", "Sales@example.test")))
                .isFalse();
        refused(Kind.CONFLICT, "belongs to alice", () -> accounts.alias("bob@example.test", "sales@example.test"));
        refused(Kind.CONFLICT, "belongs to alice", () -> accounts.alias("bob@example.test", "alice@example.test"));
        refused(Kind.NOT_FOUND, "no domain", () -> accounts.alias("bob@example.test", "bob@elsewhere.test"));
        refused(Kind.NOT_FOUND, "no account", () -> accounts.alias("nobody@example.test", "x@example.test"));
        refused(Kind.NOT_FOUND, "no alias", () -> accounts.removeAlias("bob@example.test", "sales@example.test"));
        go(() -> accounts.removeAlias("alice@example.test", "sales@example.test"));
        assertThat(account("alice@example.test").aliases()).isEmpty();
    }

    @Test
    void the_last_administrator_stays_one() throws Exception {
        refused(Kind.CONFLICT, "last administrator", () -> accounts.enable("admin@example.test", false));
        refused(
                Kind.CONFLICT,
                "last administrator",
                () -> roles.revoke(new RoleInfo("admin@example.test", Role.ADMINISTRATOR, "")));
        add("alice@example.test");
        var administrator = new RoleInfo("Alice@example.test", Role.ADMINISTRATOR, "");
        assertThat(ask(() -> roles.grant(administrator))).isTrue();
        assertThat(ask(() -> roles.grant(administrator))).isFalse();
        go(() -> accounts.enable("admin@example.test", false));
        refused(
                Kind.CONFLICT,
                "last administrator",
                () -> roles.revoke(new RoleInfo("alice@example.test", Role.ADMINISTRATOR, "")));
        refused(
                Kind.INVALID,
                "one of administrator,",
                () -> roles.grant(new RoleInfo("alice@example.test", "king", "")));
        assertThat(account("alice@example.test").roles()).containsExactly(Role.ADMINISTRATOR);
        assertThat(account("admin@example.test").enabled()).isFalse();
    }

    @Test
    void name_quota_and_password_change() throws Exception {
        add("alice@example.test");
        go(() -> accounts.rename("alice@example.test", " Alice Ångström "));
        go(() -> accounts.quota("alice@example.test", 1_000_000L, null));
        assertThat(account("alice@example.test"))
                .extracting(AccountInfo::displayName, AccountInfo::quotaOctets, AccountInfo::quotaMessages)
                .containsExactly("Alice Ångström", 1_000_000L, null);
        assertThat(ask(() -> accounts.resetPassword("alice@example.test", null)).password())
                .hasSize(20);
        assertThat(ask(() -> accounts.resetPassword("alice@example.test", " with blanks "))
                        .password())
                .isNull();
        refused(Kind.INVALID, "above 0", () -> accounts.quota("alice@example.test", -1L, null));
        refused(Kind.NOT_FOUND, "no account", () -> accounts.rename("nobody@example.test", "x"));
        refused(Kind.NOT_FOUND, "no account", () -> accounts.resetPassword("nobody@example.test", null));
    }

    @Test
    void accounts_are_listed_in_pages_and_found_by_any_part() throws Exception {
        for (var name : List.of("carol", "alice", "bob", "a_b")) {
            add(name + "@example.test");
        }
        go(() -> accounts.rename("bob@example.test", "Robert 100%"));
        var first = ask(() -> accounts.accounts("", 0, 2));
        assertThat(first.total()).isEqualTo(5);
        assertThat(first.rows()).hasSize(2);
        var rest = ask(() -> accounts.accounts("", 2, 10));
        assertThat(rest.rows()).hasSize(3).doesNotContainAnyElementsOf(first.rows());
        assertThat(ask(() -> accounts.accounts("ROBERT", 0, 10)).rows())
                .extracting(AccountInfo::address)
                .containsExactly("bob@example.test");
        assertThat(ask(() -> accounts.accounts("0%", 0, 10)).total()).isEqualTo(1);
        assertThat(ask(() -> accounts.accounts("a_b", 0, 10)).total()).isEqualTo(1);
        assertThat(ask(() -> accounts.accounts("' OR 1=1 --", 0, 10)).total()).isZero();
    }

    @Test
    void routes_are_for_other_peoples_domains() throws Exception {
        assertThat(ask(() -> routes.put(RouteInfo.of("Remote.test", "smtp://127.0.0.1:3025"), null)))
                .isTrue();
        assertThat(ask(() -> routes.put(RouteInfo.of("remote.test", "smtp://[::1]"), null)))
                .isFalse();
        assertThat(ask(routes::routes)).containsExactly(RouteInfo.of("remote.test", "smtp://[::1]:25"));
        refused(
                Kind.CONFLICT,
                "ends here",
                () -> routes.put(RouteInfo.of("example.test", "smtp://127.0.0.1:3025"), null));
        refused(Kind.INVALID, "smtp://host:port", () -> routes.put(RouteInfo.of("remote.test", "127.0.0.1"), null));
        go(() -> routes.remove("remote.test", ""));
        refused(Kind.NOT_FOUND, "no route", () -> routes.remove("remote.test", ""));
        assertThat(ask(routes::routes)).isEmpty();
    }

    @Test
    void every_change_is_in_the_audit_log_and_a_refused_one_is_not() throws Exception {
        go(() -> domains.add("second.test"));
        refused(Kind.NOT_FOUND, "no account", () -> accounts.enable("nobody@second.test", false));
        assertThat(column("SELECT actor || ' ' || action || ' ' || object FROM audit ORDER BY id"))
                .startsWith("tester domain.add example.test", "tester account.add admin@example.test")
                .endsWith("tester account.alias admin@example.test")
                .noneMatch(line -> line.contains("nobody"));
    }

    @Test
    void each_change_says_that_the_directory_changed() throws Exception {
        int before = house.changes();
        add("alice@example.test");
        assertThat(house.changes()).isGreaterThan(before);
    }
}
