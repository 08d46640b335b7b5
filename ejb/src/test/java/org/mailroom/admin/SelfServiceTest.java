package org.mailroom.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.contract.login.Logins.LoginVerdict;
import org.mailroom.login.LoginCheck;
import org.mailroom.login.LoginChecks;

/** What users do for themselves. */
class SelfServiceTest {
    private static final String ANN = "ann@here.test";

    private final DataSource database = TestDatabase.fresh();
    private final TestHouse house = new TestHouse(database);
    private final LoginCheck check = LoginChecks.of(database);
    private SelfService self;
    private String password;

    @BeforeEach
    void ann() throws Exception {
        house.put(LoginCheck.class, check);
        self = house.bean(SelfService.class);
        house.inTransaction(() -> house.bean(DomainAdmin.class).add("here.test"));
        password = Objects.requireNonNull(
                house.inTransaction(() -> house.bean(AccountAdmin.class).add(new NewAccount(ANN, "Ann", null)))
                        .password());
        house.caller(ANN, Role.USER);
    }

    private void change(String present, String wanted) throws Exception {
        house.inTransaction(() -> {
            self.changePassword(present, wanted, "192.0.2.1");
            return true;
        });
    }

    private boolean opens(String with) {
        return check.verify(InetAddress.ofLiteral("192.0.2.1"), "test", ANN, with) instanceof LoginVerdict.Granted;
    }

    @Test
    void a_user_changes_his_password() throws Exception {
        change(password, "another good one");
        assertThat(opens("another good one")).isTrue();
        assertThat(opens(password)).isFalse();
    }

    @Test
    void not_without_the_present_one_and_not_to_a_bad_one() throws Exception {
        assertThatThrownBy(() -> change("a guess", "another good one")).isInstanceOf(AdminException.class);
        assertThatThrownBy(() -> change(password, "ann")).isInstanceOf(AdminException.class);
        assertThatThrownBy(() -> change(password, "password1")).isInstanceOf(AdminException.class);
        assertThat(opens(password)).isTrue();
    }

    @Test
    void an_administrator_may_set_what_the_rules_refuse_and_that_is_written_down() throws Exception {
        house.caller("root@here.test", Role.ADMINISTRATOR);
        var admin = house.bean(AccountAdmin.class);
        assertThatThrownBy(() -> house.inTransaction(() -> admin.resetPassword(ANN, "secret")))
                .isInstanceOf(AdminException.class);
        house.inTransaction(() -> admin.setUnruledPassword(ANN, "secret"));
        assertThat(opens("secret")).isTrue();
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT detail FROM audit ORDER BY id DESC LIMIT 1")) {
            rows.next();
            assertThat(rows.getString(1)).isEqualTo("rules=overridden");
        }
    }
}
