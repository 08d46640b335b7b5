package org.mailroom.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.contract.login.Logins.LoginVerdict;
import org.mailroom.login.LoginCheck;
import org.mailroom.login.LoginChecks;

/** Passwords of programs: for which protocols, until when, and who may make them. */
class ApplicationPasswordTest {
    private static final String ANN = "ann@here.test";
    private static final InetAddress PHONE = InetAddress.ofLiteral("192.0.2.7");

    private final DataSource database = TestDatabase.fresh();
    private final TestHouse house = new TestHouse(database);
    private final ApplicationPasswordAdmin admin = house.bean(ApplicationPasswordAdmin.class);
    private final LoginCheck check = LoginChecks.of(database);

    @BeforeEach
    void ann() throws Exception {
        execute("INSERT INTO domain (name) VALUES ('here.test')");
        execute("INSERT INTO account (domain_id, local_part) VALUES (1, 'ann'), (1, 'bob')");
        house.caller(ANN, Role.USER);
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

    private String make(String name, Set<String> services, int days) throws Exception {
        return Objects.requireNonNull(ask(() -> admin.addOwn(new NewApplicationPassword(name, services, days)))
                .password());
    }

    private boolean lets(String service, String who, String secret) {
        return check.verify(PHONE, "test", service, who, secret) instanceof LoginVerdict.Granted;
    }

    @Test
    void it_opens_the_protocols_that_it_is_for_and_the_use_is_seen() throws Exception {
        var secret = make("phone", Set.of("imap", "smtp"), 0);
        assertThat(secret).hasSize(26);
        assertThat(lets("imap", ANN, secret)).isTrue();
        assertThat(lets("smtp", "ANN@here.test", secret)).isTrue();
        assertThat(lets("pop3", ANN, secret)).isFalse();
        assertThat(check.verify(PHONE, "console", ANN, secret)).isInstanceOf(LoginVerdict.Denied.class);
        assertThat(lets("imap", "bob@here.test", secret)).isFalse();
        var seen = ask(admin::own).getFirst();
        assertThat(seen.lastUsed()).isNotNull();
        assertThat(seen.lastClient()).isEqualTo("192.0.2.7");
        assertThat(seen.services()).containsExactly("imap", "smtp");
    }

    @Test
    void one_that_expired_or_was_revoked_or_whose_account_is_disabled_opens_nothing() throws Exception {
        var expired = make("old", Set.of(), 1);
        execute("UPDATE application_password SET expires = now() - interval '1 second'");
        assertThat(lets("imap", ANN, expired)).isFalse();
        var revoked = make("lost", Set.of(), 0);
        assertThat(lets("pop3", ANN, revoked)).isTrue();
        long id = ask(admin::own).getLast().id();
        house.caller("bob@here.test", Role.USER);
        assertThatThrownBy(() -> ask(() -> {
                    admin.removeOwn(id);
                    return true;
                }))
                .isInstanceOf(AdminException.class);
        house.caller(ANN, Role.USER);
        ask(() -> {
            admin.removeOwn(id);
            return true;
        });
        assertThat(lets("pop3", ANN, revoked)).isFalse();
        var good = make("good", Set.of(), 0);
        execute("UPDATE account SET enabled = false");
        assertThat(lets("imap", ANN, good)).isFalse();
    }

    @Test
    void the_secret_is_kept_nowhere_and_names_come_once() throws Exception {
        var secret = make("phone", Set.of(), 0);
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery("SELECT count(*) FROM application_password p, audit a WHERE position('"
                                + secret + "' in p::text || a::text) > 0")) {
            rows.next();
            assertThat(rows.getLong(1)).isZero();
        }
        assertThatThrownBy(() -> make("phone", Set.of(), 0)).isInstanceOf(AdminException.class);
        assertThatThrownBy(() -> make("fax", Set.of("fax"), 0)).isInstanceOf(AdminException.class);
        assertThatThrownBy(() -> make(" ", Set.of(), 0)).isInstanceOf(AdminException.class);
    }

    @Test
    void a_domain_administrator_makes_none_for_other_domains() throws Exception {
        house.caller("dora@else.test", Role.DOMAIN_ADMINISTRATOR, Role.USER);
        var wish = new NewApplicationPassword("mine", Set.of(), 0);
        assertThatThrownBy(() -> ask(() -> admin.add(ANN, wish))).isInstanceOf(AdminException.class);
        assertThatThrownBy(() -> ask(() -> admin.of(ANN))).isInstanceOf(AdminException.class);
    }
}
