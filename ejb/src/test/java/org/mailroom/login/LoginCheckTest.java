package org.mailroom.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.TestDatabase;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.login.Logins.LoginVerdict;
import org.mailroom.contract.login.Logins.ScramHash;

class LoginCheckTest {
    private static final InetAddress HOME = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress ELSEWHERE = InetAddress.ofLiteral("198.51.100.7");
    private static final LoginVerdict ALICE = new LoginVerdict.Granted(new AccountId(1), "alice@example.test");
    private static final LoginVerdict DENIED = new LoginVerdict.Denied();

    private final DataSource database = TestDatabase.fresh();
    private final Passwords passwords = new Passwords();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final LoginCheck check = new LoginCheck(
            database,
            passwords,
            new LoginSettings(
                    3, 6, Duration.ofMinutes(15), List.of(Network.parse("127.0.0.0/8")), false, Duration.ofMinutes(10)),
            () -> now);

    @BeforeEach
    void alice_and_a_disabled_account() throws Exception {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var insert = connection.prepareStatement(
                        "INSERT INTO account (domain_id, local_part, verifier) VALUES (1, ?, ?)")) {
            statement.execute("INSERT INTO domain (name) VALUES ('example.test')");
            for (var name : List.of("alice", "gone")) {
                insert.setString(1, name);
                insert.setString(2, passwords.keep(" Sécret 1 ").verifier());
                insert.executeUpdate();
            }
            statement.execute("UPDATE account SET enabled = false WHERE local_part = 'gone'");
            statement.execute("INSERT INTO account (domain_id, local_part) VALUES (1, 'mute')");
            statement.execute("INSERT INTO alias (domain_id, local_part, account_id) VALUES (1, 'sales', 1)");
        }
    }

    private LoginVerdict login(InetAddress client, String name, String password) {
        return check.verify(client, "test", name, password);
    }

    private void fail(InetAddress client, String name, int times) {
        for (int i = 0; i < times; i++) {
            login(client, name, "wrong " + now.plusNanos(i));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice@example.test", "ALICE@Example.TEST"})
    void the_full_address_in_any_case_logs_in(String name) {
        assertThat(login(HOME, name, " Sécret 1 ")).isEqualTo(ALICE);
    }

    @Test
    void a_password_counts_with_its_blanks_and_case_and_an_accent_however_it_was_typed() {
        assertThat(login(HOME, "alice@example.test", " Se\u0301cret 1 ")).isEqualTo(ALICE);
        assertThat(login(HOME, "alice@example.test", "Sécret 1")).isEqualTo(DENIED);
        assertThat(login(HOME, "alice@example.test", " sécret 1 ")).isEqualTo(DENIED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sales@example.test",
                "alice",
                "gone@example.test",
                "mute@example.test",
                "nobody@example.test",
                "x@elsewhere.test",
                ""
            })
    void aliases_disabled_accounts_and_strangers_are_denied_alike(String name) {
        assertThat(login(HOME, name, " Sécret 1 ")).isEqualTo(DENIED);
    }

    @Test
    void a_new_password_and_a_disabled_account_count_at_once() throws Exception {
        assertThat(login(HOME, "alice@example.test", " Sécret 1 ")).isEqualTo(ALICE);
        try (var connection = database.getConnection();
                var update =
                        connection.prepareStatement("UPDATE account SET verifier = ? WHERE local_part = 'alice'")) {
            update.setString(1, passwords.keep("another").verifier());
            update.executeUpdate();
        }
        assertThat(login(HOME, "alice@example.test", " Sécret 1 ")).isEqualTo(DENIED);
        assertThat(login(HOME, "alice@example.test", "another")).isEqualTo(ALICE);
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE account SET enabled = false WHERE local_part = 'alice'");
        }
        assertThat(login(HOME, "alice@example.test", "another")).isEqualTo(DENIED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice@example.test", "nobody@example.test"})
    void guessing_is_slowed_whether_the_account_exists_or_not(String name) {
        fail(ELSEWHERE, name, 4);
        var verdict = login(ELSEWHERE, name, " Sécret 1 ");
        assertThat(verdict).isInstanceOf(LoginVerdict.Unavailable.class);
        assertThat(((LoginVerdict.Unavailable) verdict).text()).startsWith("Too many failed logins; try again in");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"alice\"@example.test",
                "\"\\a\\lice\"@example.test",
                " Alice@ｅｘａｍｐｌｅ.test",
                "alice@example。test"
            })
    void guessing_is_slowed_however_the_address_is_written(String name) {
        fail(ELSEWHERE, "alice@example.test", 2);
        assertThat(login(HOME, name, "one more guess")).isEqualTo(DENIED);
        assertThat(login(HOME, "alice@example.test", "wrong")).isInstanceOf(LoginVerdict.Unavailable.class);
        assertThat(login(HOME, name, " Sécret 1 ")).isInstanceOf(LoginVerdict.Unavailable.class);
        assertThat(check.slowed()).extracting(LoginCheck.Slowed::who).containsExactly("alice@example.test");
    }

    @Test
    void wrong_codes_are_counted_apart_from_passwords_however_the_address_is_written() {
        for (var name : List.of("alice@example.test", "\"alice\"@example.test", "ALICE@example.test")) {
            assertThat(check.secondFactor(HOME, "test", name, "000000")).isEqualTo(DENIED);
        }
        assertThat(check.slowed()).extracting(LoginCheck.Slowed::who).containsExactly("code of alice@example.test");
        assertThat(login(HOME, "alice@example.test", " Sécret 1 ")).isEqualTo(ALICE);
    }

    @Test
    void the_salt_of_a_stranger_tells_nothing_by_how_the_name_is_written() throws Exception {
        assertThat(check.scram(ScramHash.SHA_256, "\"nobody\"@example.test").salt())
                .isEqualTo(check.scram(ScramHash.SHA_256, "nobody@example.test").salt());
    }

    @Test
    void who_waits_may_try_again_and_the_right_password_ends_it() {
        fail(ELSEWHERE, "alice@example.test", 3);
        now = now.plusSeconds(2);
        assertThat(login(ELSEWHERE, "alice@example.test", " Sécret 1 ")).isEqualTo(ALICE);
        fail(ELSEWHERE, "alice@example.test", 1);
        assertThat(login(ELSEWHERE, "alice@example.test", " Sécret 1 ")).isEqualTo(ALICE);
    }

    @Test
    void one_client_that_tries_many_names_is_slowed() {
        for (int i = 0; i < 6; i++) {
            fail(ELSEWHERE, "name" + i + "@example.test", 1);
        }
        assertThat(login(ELSEWHERE, "alice@example.test", " Sécret 1 ")).isInstanceOf(LoginVerdict.Unavailable.class);
        assertThat(login(HOME, "alice@example.test", " Sécret 1 ")).isEqualTo(ALICE);
    }

    @Test
    void an_attack_from_elsewhere_does_not_shut_out_who_was_here_before() {
        assertThat(login(HOME, "alice@example.test", " Sécret 1 ")).isEqualTo(ALICE);
        fail(ELSEWHERE, "alice@example.test", 20);
        assertThat(login(HOME, "alice@example.test", " Sécret 1 ")).isEqualTo(ALICE);
        assertThat(login(ELSEWHERE, "alice@example.test", " Sécret 1 ")).isInstanceOf(LoginVerdict.Unavailable.class);
    }

    @Test
    void who_was_here_before_is_slowed_by_his_own_failures() {
        assertThat(login(HOME, "alice@example.test", " Sécret 1 ")).isEqualTo(ALICE);
        fail(HOME, "alice@example.test", 4);
        assertThat(login(HOME, "alice@example.test", " Sécret 1 ")).isInstanceOf(LoginVerdict.Unavailable.class);
    }

    @Test
    void the_same_wrong_password_again_is_no_new_guess() {
        for (int i = 0; i < 20; i++) {
            assertThat(login(HOME, "alice@example.test", "the old one")).isEqualTo(DENIED);
        }
        assertThat(login(HOME, "alice@example.test", " Sécret 1 ")).isEqualTo(ALICE);
    }

    @Test
    void an_exempt_network_is_never_slowed() {
        var loopback = InetAddress.ofLiteral("127.0.0.1");
        fail(loopback, "alice@example.test", 8);
        assertThat(login(loopback, "alice@example.test", " Sécret 1 ")).isEqualTo(ALICE);
    }

    @Test
    void an_address_of_ipv6_is_counted_by_its_64() {
        for (int i = 0; i < 6; i++) {
            fail(InetAddress.ofLiteral("2001:db8::" + (i + 1)), "name" + i + "@example.test", 1);
        }
        assertThat(login(InetAddress.ofLiteral("2001:db8::ffff"), "alice@example.test", " Sécret 1 "))
                .isInstanceOf(LoginVerdict.Unavailable.class);
        assertThat(login(InetAddress.ofLiteral("2001:db8:0:1::1"), "alice@example.test", " Sécret 1 "))
                .isEqualTo(ALICE);
    }

    @Test
    void a_hundred_connections_at_once_cost_one_hash() throws Exception {
        var began = System.nanoTime();
        passwords.keep("how long one hash takes");
        var one = Duration.ofNanos(System.nanoTime() - began);
        began = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var logins = new ArrayList<Callable<LoginVerdict>>();
            for (int i = 0; i < 100; i++) {
                logins.add(() -> login(HOME, "alice@example.test", " Sécret 1 "));
            }
            for (var login : threads.invokeAll(logins)) {
                assertThat(login.get()).isEqualTo(ALICE);
            }
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isLessThan(one.multipliedBy(50).plusSeconds(1));
    }

    private List<LoginVerdict> atOnce(int times, IntFunction<String> password) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var logins = IntStream.range(0, times)
                    .<Callable<LoginVerdict>>mapToObj(i -> () -> login(HOME, "alice@example.test", password.apply(i)))
                    .toList();
            var verdicts = new ArrayList<LoginVerdict>();
            for (var login : threads.invokeAll(logins)) {
                verdicts.add(login.get());
            }
            return verdicts;
        }
    }

    @Test
    void guesses_at_once_are_told_no_more_than_guesses_one_after_the_other() throws Exception {
        assertThat(atOnce(20, i -> "guess " + i)).filteredOn(DENIED::equals).hasSize(3);
        now = now.plusSeconds(2);
        assertThat(atOnce(20, i -> "another guess " + i))
                .filteredOn(DENIED::equals)
                .hasSize(1);
    }

    @Test
    void the_right_password_gets_in_on_many_connections_at_once_whatever_failed_before() throws Exception {
        fail(HOME, "alice@example.test", 3);
        now = now.plusSeconds(2);
        assertThat(atOnce(20, _ -> " Sécret 1 ")).containsOnly(ALICE);
    }

    @Test
    void what_a_client_sends_cannot_forge_a_line_of_the_log() {
        assertThat(LoginCheck.printable("a\r\nlogin <x>\u202e"))
                .isEqualTo("a\\u{d}\\u{a}login \\u{3c}x\\u{3e}\\u{202e}");
    }

    @Test
    void ten_wrong_passwords_then_the_right_one_waits_is_seen_and_is_let_in_when_lifted() {
        fail(HOME, "alice@example.test", 10);
        fail(ELSEWHERE, "nobody@example.test", 10);
        var right = login(HOME, "alice@example.test", " Sécret 1 ");
        assertThat(right).isInstanceOf(LoginVerdict.Unavailable.class);
        assertThat(login(ELSEWHERE, "nobody@example.test", "x")).isInstanceOf(right.getClass());
        assertThat(check.slowed())
                .extracting(LoginCheck.Slowed::who)
                .containsExactlyInAnyOrder("alice@example.test", "nobody@example.test");
        assertThat(check.lift("alice@example.test")).isTrue();
        assertThat(check.lift("alice@example.test")).isFalse();
        assertThat(login(HOME, "alice@example.test", " Sécret 1 ")).isEqualTo(ALICE);
    }
}
