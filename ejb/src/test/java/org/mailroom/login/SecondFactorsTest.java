package org.mailroom.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.config.Secrets;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.login.Logins.LoginVerdict;

class SecondFactorsTest {
    private static final AccountId ALICE = new AccountId(1);
    private static final InetAddress HOME = InetAddress.ofLiteral("192.0.2.1");

    @TempDir
    private Path folder;

    private final DataSource database = TestDatabase.fresh();
    private final TestHouse house = new TestHouse(database);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private SecondFactors factors;
    private LoginCheck check;
    private Secrets secrets;

    @BeforeEach
    void alice() throws Exception {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO domain (name) VALUES ('example.test')");
            statement.execute("INSERT INTO account (domain_id, local_part) VALUES (1, 'alice')");
        }
        secrets = new Secrets(folder.resolve("key"));
        house.put(Secrets.class, secrets);
        factors = house.bean(SecondFactors.class).at(() -> now);
        var settings = new LoginSettings(3, 6, Duration.ofMinutes(15), List.of(), false, Duration.ofMinutes(10));
        check = new LoginCheck(database, new Passwords(), settings, () -> now).asking(factors);
    }

    private String code(int stepsFromNow) throws Exception {
        try (var connection = database.getConnection();
                var rows = connection.createStatement().executeQuery("SELECT secret FROM second_factor")) {
            rows.next();
            var kept = rows.getString(1);
            assertThat(Secrets.isSealed(kept)).isTrue();
            var secret = Base64.getDecoder().decode(secrets.open("second factor of account 1", kept));
            return Totp.code(secret, Totp.step(now) + stepsFromNow);
        }
    }

    private List<String> turnOn() throws Exception {
        house.inTransaction(() -> {
            factors.offer(ALICE);
            return true;
        });
        var code = code(0);
        return house.inTransaction(() -> factors.confirm(ALICE, code));
    }

    private boolean proves(String code) {
        return check.secondFactor(HOME, "test", "alice@example.test", code) instanceof LoginVerdict.Granted;
    }

    @Test
    void a_secret_is_asked_for_from_its_first_code_on() throws Exception {
        assertThat(check.asksSecondFactor(ALICE)).isFalse();
        house.inTransaction(() -> {
            factors.offer(ALICE);
            return true;
        });
        assertThat(check.asksSecondFactor(ALICE)).isFalse();
        assertThat(house.inTransaction(() -> factors.offered(ALICE)).orElseThrow())
                .matches("[A-Z2-7]{32}");
        assertThat(house.inTransaction(() -> factors.confirm(ALICE, "000000x"))).isEmpty();
        var code = code(0);
        assertThat(house.inTransaction(() -> factors.confirm(ALICE, code))).hasSize(10);
        assertThat(check.asksSecondFactor(ALICE)).isTrue();
        assertThat(house.inTransaction(() -> factors.offered(ALICE))).isEmpty();
    }

    @Test
    void a_code_serves_once_and_none_serves_that_is_older_rfc6238_5_2() throws Exception {
        turnOn();
        assertThat(proves(code(0))).as("the code that confirmed").isFalse();
        now = now.plusSeconds(90);
        var late = code(-1);
        var code = code(0);
        assertThat(proves(code.substring(0, 3) + " " + code.substring(3))).isTrue();
        assertThat(proves(code)).isFalse();
        assertThat(proves(late)).isFalse();
    }

    @Test
    void a_clock_may_be_half_a_minute_wrong_and_no_more() throws Exception {
        turnOn();
        now = now.plusSeconds(300);
        assertThat(proves(code(2))).isFalse();
        assertThat(proves(code(-2))).isFalse();
        assertThat(proves(code(1))).isTrue();
    }

    @Test
    void a_recovery_code_serves_once_and_new_ones_end_it() throws Exception {
        var codes = turnOn();
        assertThat(codes).allMatch(code -> code.matches("(\\w{4}-){3}\\w{4}")).doesNotHaveDuplicates();
        assertThat(proves(codes.get(0))).isTrue();
        assertThat(proves(codes.get(0))).isFalse();
        assertThat(house.inTransaction(() -> factors.of(ALICE)).recoveryCodes()).isEqualTo(9);
        house.inTransaction(() -> factors.renew(ALICE));
        assertThat(proves(codes.get(1))).isFalse();
    }

    @Test
    void guessing_codes_is_slowed_and_a_right_password_does_not_forgive_it() throws Exception {
        turnOn();
        now = now.plusSeconds(90);
        for (int i = 0; i < 3; i++) {
            proves("00000" + i);
        }
        assertThat(check.secondFactor(HOME, "test", "alice@example.test", code(0)))
                .isInstanceOf(LoginVerdict.Unavailable.class);
        assertThat(check.slowed()).extracting(LoginCheck.Slowed::who).contains("code of alice@example.test");
        assertThat(check.lift("code of alice@example.test")).isTrue();
        assertThat(proves(code(0))).isTrue();
    }

    @Test
    void what_is_taken_away_is_asked_no_more() throws Exception {
        var codes = turnOn();
        assertThat(house.inTransaction(() -> factors.remove(ALICE))).isTrue();
        assertThat(check.asksSecondFactor(ALICE)).isFalse();
        assertThat(proves(codes.get(0))).isFalse();
        assertThat(house.inTransaction(() -> factors.remove(ALICE))).isFalse();
    }
}
