package org.mailroom.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ongres.scram.client.ScramClient;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.TestConfig;
import org.mailroom.TestDatabase;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.login.Logins.LoginVerdict;
import org.mailroom.contract.login.Logins.ScramHash;
import org.mailroom.contract.login.Logins.ScramVerdict;
import org.mailroom.directory.MailAddress;

/** Proofs of SCRAM, tokens, tickets and certificates, against accounts in the database; the client of SCRAM is somebody else's. */
class ProofsTest {
    private static final InetAddress HOME = InetAddress.ofLiteral("192.0.2.1");
    private static final LoginVerdict ALICE = new LoginVerdict.Granted(new AccountId(1), "alice@example.test");
    private static final LoginVerdict DENIED = new LoginVerdict.Denied();

    private final DataSource database = TestDatabase.fresh();
    private final Passwords passwords = new Passwords();
    private final LoginCheck check = new LoginCheck(
            database,
            passwords,
            new LoginSettings(3, 6, Duration.ofMinutes(15), List.of(), true, Duration.ofMinutes(10)),
            () -> Instant.parse("2026-01-01T00:00:00Z"));

    @BeforeEach
    void accounts() throws Exception {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var insert = connection.prepareStatement("""
                        INSERT INTO account (domain_id, local_part, verifier, scram_salt, scram_iterations, scram_stored_key,
                            scram_server_key) VALUES (1, ?, ?, ?, ?, ?, ?)""")) {
            statement.execute("INSERT INTO domain (name) VALUES ('example.test')");
            for (var name : List.of("alice", "gone")) {
                var secret = passwords.keep("Sécret");
                var scram = secret.scram();
                insert.setString(1, name);
                insert.setString(2, secret.verifier());
                insert.setBytes(3, scram.salt());
                insert.setInt(4, scram.iterations());
                insert.setBytes(5, scram.storedKey());
                insert.setBytes(6, scram.serverKey());
                insert.executeUpdate();
            }
            statement.execute("UPDATE account SET enabled = false WHERE local_part = 'gone'");
        }
    }

    private static String encode(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    /** One exchange without a wire; the client checks that the server knows the password too. */
    private LoginVerdict login(String name, String password) throws Exception {
        return login(ScramHash.SHA_256, name, password);
    }

    private LoginVerdict login(ScramHash hash, String name, String password) throws Exception {
        var client = ScramClient.builder()
                .advertisedMechanisms(List.of("SCRAM-" + hash.name().replace('_', '-')))
                .username(name)
                .password(password.toCharArray())
                .build();
        var first = client.clientFirstMessage();
        var nonce = first.toString().replaceFirst(".*,r=", "") + "ours";
        var challenge = check.scram(hash, name);
        var answer = "r=" + nonce + ",s=" + encode(challenge.salt()) + ",i=" + challenge.iterations();
        client.serverFirstMessage(answer);
        var last = client.clientFinalMessage().toString();
        var proof = last.replaceFirst(".*,p=", "");
        var message = first.toString().replaceFirst("^n,,", "") + "," + answer + "," + last.replaceFirst(",p=.*", "");
        ScramVerdict verdict = check.prove(
                HOME,
                "test",
                hash,
                name,
                message.getBytes(StandardCharsets.UTF_8),
                Base64.getDecoder().decode(proof));
        if (verdict.verdict() instanceof LoginVerdict.Granted) {
            client.serverFinalMessage("v=" + encode(verdict.serverSignature()));
        }
        return verdict.verdict();
    }

    @Test
    void who_knows_the_password_proves_it_and_the_server_proves_itself() throws Exception {
        assertThat(login("Alice@Example.test", "Sécret")).isEqualTo(ALICE);
        assertThat(login("alice@example.test", "secret")).isEqualTo(DENIED);
    }

    @Test
    void disabled_accounts_and_strangers_are_denied_alike() throws Exception {
        assertThat(login("gone@example.test", "Sécret")).isEqualTo(DENIED);
        assertThat(login("nobody@example.test", "Sécret")).isEqualTo(DENIED);
        assertThat(login("nobody", "Sécret")).isEqualTo(DENIED);
    }

    /** RFC 5802 §9: or salts would tell which accounts there are. */
    @Test
    void the_salt_of_a_stranger_is_made_up_and_every_node_makes_up_the_same() throws Exception {
        var other = new LoginCheck(
                database,
                passwords,
                new LoginSettings(3, 6, Duration.ofMinutes(15), List.of(), true, Duration.ofMinutes(10)),
                Instant::now);
        var salt = check.scram(ScramHash.SHA_256, "nobody@example.test").salt();
        var hers = check.scram(ScramHash.SHA_256, "alice@example.test").salt();
        assertThat(salt).hasSameSizeAs(hers).isNotEqualTo(hers);
        assertThat(other.scram(ScramHash.SHA_256, "Nobody@example.test").salt()).isEqualTo(salt);
        assertThat(other.scram(ScramHash.SHA_256, "somebody@example.test").salt())
                .isNotEqualTo(salt);
        assertThat(check.scram(ScramHash.SHA_256, "nobody@example.test").iterations())
                .isEqualTo(check.scram(ScramHash.SHA_256, "alice@example.test").iterations());
    }

    /** Of everybody there alike; nobody is asked, and nobody's password is doubted. */
    @Test
    void where_passwords_are_kept_elsewhere_there_are_no_keys() {
        check.asking(new PasswordSource() {
            @Override
            public boolean covers(String domain) {
                return domain.equals("example.test");
            }

            @Override
            public Optional<String> prove(MailAddress name, String password) {
                throw new AssertionError("nobody is asked");
            }

            @Override
            public Optional<String> known(MailAddress name) {
                throw new AssertionError("nobody is asked");
            }
        });
        for (var name : List.of("alice@example.test", "nobody@example.test", "gone@example.test")) {
            assertThatThrownBy(() -> check.scram(ScramHash.SHA_256, name))
                    .isInstanceOfSatisfying(
                            MailException.class,
                            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.OTHER_MECHANISM))
                    .hasMessage("The passwords of this domain are kept elsewhere: log in with PLAIN, under TLS");
        }
        assertThat(check.slowed()).isEmpty();
    }

    @Test
    void wrong_proofs_are_slowed_like_wrong_passwords() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(login("alice@example.test", "wrong " + i)).isEqualTo(DENIED);
        }
        assertThat(login("alice@example.test", "Sécret")).isInstanceOf(LoginVerdict.Unavailable.class);
        assertThat(check.verify(HOME, "test", "alice@example.test", "Sécret"))
                .isInstanceOf(LoginVerdict.Unavailable.class);
    }

    @Test
    void keys_of_sha_1_are_made_at_a_login_with_the_password_and_hold_for_that_password() throws Exception {
        assertThat(login(ScramHash.SHA_1, "alice@example.test", "Sécret")).isEqualTo(DENIED);
        assertThat(check.verify(HOME, "test", "alice@example.test", "Sécret")).isEqualTo(ALICE);
        assertThat(login(ScramHash.SHA_1, "alice@example.test", "Sécret")).isEqualTo(ALICE);
        assertThat(login(ScramHash.SHA_1, "alice@example.test", "wrong")).isEqualTo(DENIED);
        try (var connection = database.getConnection();
                var update =
                        connection.prepareStatement("UPDATE account SET verifier = ? WHERE local_part = 'alice'")) {
            update.setString(1, passwords.keep("another").verifier());
            update.executeUpdate();
        }
        assertThat(login(ScramHash.SHA_1, "alice@example.test", "Sécret")).isEqualTo(DENIED);
        assertThat(check.verify(HOME, "test", "alice@example.test", "another")).isEqualTo(ALICE);
        assertThat(login(ScramHash.SHA_1, "alice@example.test", "another")).isEqualTo(ALICE);
    }

    @Test
    void a_token_opens_the_mailbox_that_it_names_and_no_other() {
        try (var issuer = new TokenIssuer()) {
            var tokens = TokensTest.tokens(issuer.keys(), issuer.introspection());
            check.trusting(tokens);
            var token = issuer.token("Alice@example.test");
            assertThat(check.token(HOME, "test", "alice@example.test", token)).isEqualTo(ALICE);
            assertThat(check.token(HOME, "test", "", token)).isEqualTo(ALICE);
            assertThat(check.token(HOME, "test", "bob@example.test", token)).isEqualTo(DENIED);
            assertThat(check.token(HOME, "test", "", issuer.token("gone@example.test")))
                    .isEqualTo(DENIED);
            assertThat(check.token(HOME, "test", "", issuer.token("nobody@example.test")))
                    .isEqualTo(DENIED);
            tokens.close();
        }
    }

    @Test
    void an_issuer_that_is_away_is_no_failure_of_the_client() {
        check.trusting(TokensTest.tokens("http://127.0.0.1:1/keys", "http://127.0.0.1:1/introspect"));
        for (int i = 0; i < 5; i++) { // more than are free
            assertThat(check.token(HOME, "test", "alice@example.test", "opaque" + i))
                    .isEqualTo(new LoginVerdict.Unavailable("The issuer of tokens does not answer; try again later"));
        }
    }

    @Test
    void a_ticket_opens_the_mailbox_of_its_principal_and_no_other() {
        check.trusting(new Realms(Map.of("CORP.TEST", "example.test")));
        assertThat(check.principal(HOME, "test", "", "alice@CORP.TEST")).isEqualTo(ALICE);
        assertThat(check.principal(HOME, "test", "Alice@example.test", "ALICE@CORP.TEST"))
                .isEqualTo(ALICE);
        assertThat(check.principal(HOME, "test", "gone@example.test", "alice@CORP.TEST"))
                .isEqualTo(DENIED);
        var strangers = List.of(
                "gone@CORP.TEST",
                "nobody@CORP.TEST",
                "alice@OTHER.TEST",
                "alice@corp.test",
                "alice",
                "alice/admin@CORP.TEST",
                "alice\\@CORP.TEST@OTHER.TEST",
                "alice@OTHER.TEST@CORP.TEST");
        for (int i = 0; i < strangers.size(); i++) {
            assertThat(check.principal(InetAddress.ofLiteral("192.0.2.1" + i), "test", "", strangers.get(i)))
                    .as(strangers.get(i))
                    .isEqualTo(DENIED);
        }
    }

    /** Over there she is known by another name; a directory that is away is no failure of hers. */
    @Test
    void whose_ticket_it_is_the_directory_says() {
        check.trusting(new Realms(Map.of("CORP.TEST", "corp.local")));
        check.asking(new PasswordSource() {
            @Override
            public boolean covers(String domain) {
                return domain.equals("corp.local");
            }

            @Override
            public Optional<String> prove(MailAddress name, String password) {
                throw new AssertionError("there is no password");
            }

            @Override
            public Optional<String> known(MailAddress name) throws NoAnswerYet {
                return switch (name.localPart()) {
                    case "al" -> Optional.of("alice@example.test");
                    case "later" -> throw new NoAnswerYet();
                    default -> Optional.empty();
                };
            }
        });
        assertThat(check.principal(HOME, "test", "", "al@CORP.TEST")).isEqualTo(ALICE);
        assertThat(check.principal(HOME, "test", "al@corp.local", "al@CORP.TEST"))
                .isEqualTo(ALICE);
        assertThat(check.principal(HOME, "test", "alice@example.test", "al@CORP.TEST"))
                .isEqualTo(ALICE);
        assertThat(check.principal(HOME, "test", "", "bob@CORP.TEST")).isEqualTo(DENIED);
        assertThat(check.principal(HOME, "test", "", "later@CORP.TEST")).isInstanceOf(LoginVerdict.Unavailable.class);
    }

    @Test
    void a_keytab_without_a_realm_that_is_believed_is_no_configuration() {
        assertThatThrownBy(() -> Realms.of(TestConfig.of(Map.of("mail.login.kerberos.keytab", "/etc/krb5.keytab"))))
                .hasMessageContaining("mail.login.kerberos.realms");
        assertThatThrownBy(() -> Realms.of(TestConfig.of(Map.of("mail.login.kerberos.realms", "a=b=c"))))
                .hasMessageContaining("mail.login.kerberos.realms");
        var realms =
                Realms.of(TestConfig.of(Map.of("mail.login.kerberos.realms", "CORP.TEST, EU.CORP.TEST = mail.test")));
        assertThat(realms.name("Al@CORP.TEST")).contains("al@corp.test");
        assertThat(realms.name("al@EU.CORP.TEST")).contains("al@mail.test");
    }

    @Test
    void a_certificate_opens_the_mailboxes_that_it_names() {
        var named = List.of("elsewhere@example.org", "Alice@example.test", "gone@example.test");
        assertThat(check.certificate(HOME, "test", "", named)).isEqualTo(ALICE);
        assertThat(check.certificate(HOME, "test", "alice@example.test", named)).isEqualTo(ALICE);
        assertThat(check.certificate(HOME, "test", "gone@example.test", named)).isEqualTo(DENIED);
        assertThat(check.certificate(HOME, "test", "bob@example.test", named)).isEqualTo(DENIED);
        assertThat(check.certificate(HOME, "test", "", List.of())).isEqualTo(DENIED);
    }
}
