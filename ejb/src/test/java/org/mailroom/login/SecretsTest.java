package org.mailroom.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.contract.login.Logins.ScramHash;

/** What is kept of passwords, against the examples of the standards. */
class SecretsTest {
    private static final Argon2 CHEAP = new Argon2(64, 1, 1);

    @Test
    void a_verifier_names_its_costs_and_knows_its_password() {
        var verifier = Argon2.CURRENT.verifier("correct horse");
        assertThat(verifier).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(Argon2.matches(verifier, "correct horse")).isTrue();
        assertThat(Argon2.matches(verifier, "correct horse ")).isFalse();
        assertThat(Argon2.matches(verifier, "")).isFalse();
    }

    /** So does a lack of memory, and whoever it hit must not be locked out. */
    @Test
    void a_check_that_broke_does_not_stand_in_the_way_of_the_next() {
        var broken = "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO";
        var passwords = new Passwords();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> passwords.check("alice", broken, "secret"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void the_same_password_never_has_the_same_verifier() {
        assertThat(CHEAP.verifier("secret")).isNotEqualTo(CHEAP.verifier("secret"));
    }

    /** Made with the reference program: echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -l 32 -e. */
    @Test
    void a_verifier_of_the_reference_program_is_understood() {
        var verifier = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assertThat(Argon2.matches(verifier, "password")).isTrue();
        assertThat(Argon2.matches(verifier, "Password")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "$2a$10$abcdefghijklmnopqrstuv",
                "$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=0,t=0,p=0$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
            })
    void what_is_no_verifier_of_ours_matches_nothing(String verifier) {
        assertThat(Argon2.matches(verifier, "password")).isFalse();
    }

    /** RFC 7677 §3. */
    @Test
    void scram_keys_are_those_of_the_rfc_example() throws Exception {
        var salt = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
        var keys = ScramKeys.of(ScramHash.SHA_256, "pencil", salt, 4096);
        var message = "n=user,r=rOprNGfwEbeRWgbNEkqO"
                + ",r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
                + ",c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        assertThat(hmac(keys.serverKey(), message)).isEqualTo(decode("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));

        var clientKey = decode("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        var signature = hmac(keys.storedKey(), message);
        for (int i = 0; i < clientKey.length; i++) {
            clientKey[i] ^= signature[i];
        }
        assertThat(MessageDigest.getInstance("SHA-256").digest(clientKey)).isEqualTo(keys.storedKey());
    }

    private static byte[] decode(String text) {
        return Base64.getDecoder().decode(text);
    }

    private static byte[] hmac(byte[] key, String text) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** RFC 4013 §3, the characters in hexadecimal UTF-16. */
    @ParameterizedTest
    @CsvSource({
        "004900AD0058, 00490058",
        "0075007300650072, 0075007300650072",
        "0055005300450052, 0055005300450052",
        "00AA, 0061",
        "2168, 00490058"
    })
    void saslprep_maps_as_the_rfc_shows(String input, String output) {
        assertThat(SaslPrep.prepare(utf16(input))).hasValue(utf16(output));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0007", "06270031", "D800", "E000", "00AD"})
    void saslprep_refuses_as_the_rfc_shows(String input) {
        assertThat(SaslPrep.prepare(utf16(input))).isEmpty();
    }

    @Test
    void saslprep_leaves_blanks_and_case_of_ascii_and_knows_two_ways_to_write_é() {
        assertThat(SaslPrep.prepare(" A b ")).hasValue(" A b ");
        assertThat(SaslPrep.prepare("e\u0301")).hasValue("\u00e9");
        assertThat(SaslPrep.prepare("a\u00a0b")).hasValue("a b");
    }

    private static String utf16(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_16BE).replace("\uFFFD", "\uD800");
    }
}
