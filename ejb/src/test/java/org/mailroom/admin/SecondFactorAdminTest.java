package org.mailroom.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.admin.ConsoleLogin.Entry;
import org.mailroom.config.Secrets;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.login.Logins.LoginVerdict;
import org.mailroom.login.LoginCheck;
import org.mailroom.login.LoginChecks;

/** Who sets up a second factor, of whom it is demanded, and who takes it away. */
class SecondFactorAdminTest {
    @TempDir
    private Path folder;

    private final DataSource database = TestDatabase.fresh();
    private final TestHouse house = new TestHouse(database);
    private SecondFactorAdmin admin;

    @BeforeEach
    void accounts() throws Exception {
        sql("INSERT INTO domain (name) VALUES ('here.test'), ('branch.test')");
        sql("INSERT INTO account (domain_id, local_part) VALUES (1, 'alice'), (1, 'bob')");
        house.put(Secrets.class, new Secrets(folder.resolve("key")));
        house.put(LoginCheck.class, LoginChecks.of(database));
        admin = house.bean(SecondFactorAdmin.class);
        house.caller("alice@here.test", Role.USER);
        house.inTransaction(() -> {
            admin.offer();
            return true;
        });
        sql("UPDATE second_factor SET confirmed = now()");
    }

    private void sql(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private boolean reset(String address) throws Exception {
        return house.inTransaction(() -> {
            admin.reset(address);
            return true;
        });
    }

    @Test
    void it_is_demanded_of_administrators_where_the_policy_says_so() {
        var both = Set.of(Role.USER, Role.DOMAIN_ADMINISTRATOR);
        assertThat(SecondFactorPolicy.ADMINISTRATORS.isDemandedOf(both)).isTrue();
        assertThat(SecondFactorPolicy.ADMINISTRATORS.isDemandedOf(Set.of(Role.USER, Role.HELP_DESK)))
                .isFalse();
        assertThat(SecondFactorPolicy.OPTIONAL.isDemandedOf(both)).isFalse();
    }

    @Test
    void whoever_was_asked_for_one_elsewhere_is_not_asked_again() throws Exception {
        var console = house.bean(ConsoleLogin.class);
        var alice = new LoginVerdict.Granted(new AccountId(1), "alice@here.test");
        var bob = new LoginVerdict.Granted(new AccountId(2), "bob@here.test");
        assertThat(console.enter(alice, false)).isEqualTo(new Entry.CodeWanted("alice@here.test"));
        assertThat(console.enter(alice, true)).isEqualTo(new Entry.Admitted("alice@here.test", Set.of(Role.USER)));
        assertThat(console.enter(bob, false)).isEqualTo(new Entry.Admitted("bob@here.test", Set.of(Role.USER)));
    }

    @Test
    void who_has_it_does_not_take_it_away_without_a_code() throws Exception {
        assertThatThrownBy(() -> house.inTransaction(() -> {
                    admin.removeOwn("not a code", "192.0.2.1");
                    return true;
                }))
                .isInstanceOf(AdminException.class);
        assertThat(house.inTransaction(admin::own).since()).isNotNull();
    }

    @Test
    void an_administrator_takes_it_away_within_his_reach() throws Exception {
        sql("INSERT INTO account_role (account_id, role, domain_id) VALUES (2, 'domain-administrator', 2)");
        house.caller("bob@here.test", Role.DOMAIN_ADMINISTRATOR);
        assertThatThrownBy(() -> reset("alice@here.test")).isInstanceOf(AdminException.class);
        house.caller("root@here.test", Role.ADMINISTRATOR);
        assertThat(reset("alice@here.test")).isTrue();
        assertThatThrownBy(() -> reset("alice@here.test")).isInstanceOf(AdminException.class);
        assertThat(house.inTransaction(() -> admin.of("alice@here.test")).since())
                .isNull();
    }
}
