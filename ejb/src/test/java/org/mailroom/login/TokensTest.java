package org.mailroom.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose mailbox a token opens (RFC 7519, RFC 7662). */
class TokensTest {
    private static final String ALICE = "alice@example.test";

    private final TokenIssuer issuer = new TokenIssuer();
    private final Tokens tokens = tokens(issuer.keys(), issuer.introspection());

    @AfterEach
    void close() {
        tokens.close();
        issuer.close();
    }

    static Tokens tokens(String keys, String introspection) {
        return Tokens.of(new TokenSettings(
                Optional.of(TokenIssuer.ISSUER),
                List.of("another", TokenIssuer.AUDIENCE),
                "email",
                Duration.ofMinutes(1),
                Optional.of(URI.create(keys)),
                Optional.of(URI.create(introspection)),
                "mailroom",
                "s:cret"));
    }

    private void is_refused(String token) throws Exception {
        assertThat(tokens.address(token)).isEmpty();
    }

    @Test
    void a_token_that_the_issuer_signed_names_its_account() throws Exception {
        assertThat(tokens.address(issuer.token(ALICE))).contains(ALICE);
    }

    @Test
    void a_token_of_somebody_else_for_somebody_else_or_out_of_time_is_none() throws Exception {
        is_refused(
                issuer.signed(issuer.claims(ALICE).issuer("https://other.test").build()));
        is_refused(issuer.signed(issuer.claims(ALICE).audience("shop").build()));
        is_refused(issuer.signed(issuer.claims(ALICE).audience((String) null).build()));
        is_refused(issuer.signed(issuer.claims(ALICE).expirationTime(null).build()));
        is_refused(issuer.signed(issuer.claims(ALICE).claim("email", null).build()));
        is_refused(issuer.signed(
                issuer.claims(ALICE).claim("email_verified", false).build()));
        is_refused(issuer.signed(issuer.claims(ALICE)
                .expirationTime(Date.from(Instant.now().minusSeconds(120)))
                .build()));
        is_refused(issuer.signed(issuer.claims(ALICE)
                .notBeforeTime(Date.from(Instant.now().plusSeconds(120)))
                .build()));
    }

    @Test
    void a_token_that_nobody_signed_or_anybody_could_have_is_none() throws Exception {
        var claims = issuer.claims(ALICE).build();
        is_refused(new PlainJWT(claims).serialize());
        var shared = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(), claims);
        shared.sign(new MACSigner(new byte[32]));
        is_refused(shared.serialize());
        var token = issuer.token(ALICE);
        is_refused(token.substring(0, token.length() - 4) + (token.endsWith("AAAA") ? "BBBB" : "AAAA"));
        try (var other = new TokenIssuer()) {
            is_refused(other.token(ALICE));
        }
        is_refused("a.b.c");
        is_refused("");
        is_refused("x".repeat(20_000));
    }

    @Test
    void of_another_token_the_issuer_is_asked() throws Exception {
        issuer.answer("opaque", """
                {"active":true,"email":"alice@example.test","aud":["mailroom"],"iss":"https://id.example.test"}""");
        issuer.answer("elsewhere", "{\"active\":true,\"email\":\"alice@example.test\",\"aud\":\"shop\"}");
        issuer.answer("other", """
                {"active":true,"email":"alice@example.test","aud":"mailroom","iss":"https://other.test"}""");
        assertThat(tokens.address("opaque")).contains(ALICE);
        is_refused("elsewhere");
        is_refused("other");
        is_refused("unknown");
    }

    @Test
    void an_issuer_that_cannot_be_reached_is_no_refusal() {
        var away = tokens("http://127.0.0.1:1/keys", "http://127.0.0.1:1/introspect");
        assertThatThrownBy(() -> away.address(issuer.token(ALICE))).isInstanceOf(Tokens.NoAnswer.class);
        assertThatThrownBy(() -> away.address("opaque")).isInstanceOf(Tokens.NoAnswer.class);
        away.close();
    }

    @Test
    void keys_that_were_read_serve_while_the_issuer_is_away() throws Exception {
        assertThat(tokens.address(issuer.token(ALICE))).contains(ALICE);
        issuer.close();
        assertThat(tokens.address(issuer.token("bob@example.test"))).contains("bob@example.test");
    }
}
