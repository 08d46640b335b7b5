package org.mailroom.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailroom.TestConfig;
import org.mailroom.config.Secrets;
import org.mailroom.login.OpenIdLogins.Arrived;
import org.mailroom.login.OpenIdLogins.Back;
import org.mailroom.login.OpenIdLogins.Begun;

/** OpenID Connect Core §3.1 with RFC 7636 (PKCE) and RFC 9207, against an issuer over HTTP. */
class OpenIdLoginsTest {
    private static final String HERE = "https://mail.example.test/mailroom/login/openid/back";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final OpenIdProvider provider = new OpenIdProvider();
    private final OpenIdLogins logins = logins(provider.issuer());

    private static OpenIdLogins logins(String issuer) {
        try {
            return new OpenIdLogins(
                    new Secrets(Files.createTempDirectory("key").resolve("mailroom.key")),
                    TestConfig.of(Map.of(
                            "mail.console.openid.issuer",
                            issuer,
                            "mail.console.openid.client-id",
                            OpenIdProvider.CLIENT,
                            "mail.console.openid.client-secret",
                            OpenIdProvider.SECRET,
                            "mail.console.openid.roles",
                            "Mail admins=administrator, Corp=domain-administrator@corp.test, Corp=auditor")));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @AfterEach
    void close() {
        logins.close();
        provider.close();
    }

    private Begun begin() {
        return logins.begin(HERE, "/queue").orElseThrow();
    }

    /** What the browser brings back. */
    private static Back visit(Begun begun) throws Exception {
        var answer = HTTP.send(HttpRequest.newBuilder(begun.at()).build(), HttpResponse.BodyHandlers.discarding());
        var back = URI.create(answer.headers().firstValue("Location").orElseThrow());
        assertThat(back.toString()).startsWith(HERE);
        var fields = OpenIdProvider.fields(back.getRawQuery());
        return new Back(fields.get("code"), fields.get("state"), fields.get("iss"));
    }

    @Test
    void whom_the_issuer_vouches_for_arrives_with_the_roles_of_his_groups() throws Exception {
        provider.person("alice@example.test", "Corp", "Everybody");
        var begun = begin();
        assertThat(begun.kept()).doesNotContain("/queue");
        var arrived = logins.end(begun.kept(), visit(begun)).orElseThrow();
        assertThat(arrived.address()).isEqualTo("alice@example.test");
        assertThat(arrived.roles()).containsExactlyInAnyOrder("domain-administrator@corp.test", "auditor");
        assertThat(arrived.wanted()).isEqualTo("/queue");
        assertThat(arrived.until()).isAfter(Instant.now());
    }

    /** RFC 8176 §2 */
    @Test
    void whether_the_issuer_asked_for_a_second_factor_he_says_himself() throws Exception {
        provider.person("alice@example.test");
        var tried = new ArrayList<Boolean>();
        for (Object amr : Arrays.asList(null, "mfa", List.of("pwd"), List.of("pwd", "mfa", "otp"), 7)) {
            provider.spoil(claims -> claims.claim("amr", amr).claim("acr", "1"));
            var begun = begin();
            tried.add(logins.end(begun.kept(), visit(begun)).orElseThrow().secondFactor());
        }
        assertThat(tried).containsExactly(false, true, false, true, false);
        provider.spoil(claims -> claims.claim("acr", "mfa"));
        var begun = begin();
        assertThat(logins.end(begun.kept(), visit(begun)).orElseThrow().secondFactor())
                .isTrue();
    }

    @Test
    void what_another_browser_brings_is_nothing() throws Exception {
        provider.person("alice@example.test");
        var hers = begin();
        var his = begin();
        assertThat(logins.end(his.kept(), visit(hers))).isEmpty();
        assertThat(logins.end("", visit(hers))).isEmpty();
        var back = visit(hers);
        assertThat(logins.end(hers.kept(), new Back(back.code(), "", back.issuer())))
                .isEmpty();
        assertThat(logins.end(hers.kept(), new Back("", back.state(), back.issuer())))
                .isEmpty();
    }

    /** Anybody can write down a state, and who sends it as cookie and as answer proves nothing. */
    @Test
    void what_we_did_not_seal_is_not_believed() throws Exception {
        provider.person("alice@example.test");
        var back = visit(begin());
        var made = String.join(
                "\n",
                back.state(),
                "nonce",
                "verifier",
                HERE,
                "/",
                Instant.now().plusSeconds(60).toString());
        assertThat(logins.end(made, back)).isEmpty();
        assertThat(logins.end("{AES-GCM}" + made, back)).isEmpty();
    }

    @Test
    void a_code_is_good_once() throws Exception {
        provider.person("alice@example.test");
        var begun = begin();
        var back = visit(begun);
        assertThat(logins.end(begun.kept(), back)).isPresent();
        assertThat(logins.end(begun.kept(), back)).isEmpty();
    }

    /** RFC 9207: an answer of another issuer is for another login. */
    @Test
    void an_answer_of_another_issuer_is_none() throws Exception {
        provider.person("alice@example.test");
        var begun = begin();
        var back = visit(begun);
        assertThat(logins.end(begun.kept(), new Back(back.code(), back.state(), "https://other.test")))
                .isEmpty();
    }

    static Stream<UnaryOperator<JWTClaimsSet.Builder>> spoilt() {
        return Stream.of(
                claims -> claims.issuer("https://other.test"),
                claims -> claims.audience("shop"),
                claims -> claims.claim("azp", "shop"),
                claims -> claims.claim("nonce", "another"),
                claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(120))),
                claims -> claims.claim("email", null),
                claims -> claims.claim("email_verified", false),
                claims -> claims.subject(null));
    }

    @ParameterizedTest
    @MethodSource("spoilt")
    void a_token_that_is_not_for_this_login_is_none(UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
        provider.person("alice@example.test");
        provider.spoil(change);
        var begun = begin();
        assertThat(logins.end(begun.kept(), visit(begun))).isEmpty();
    }

    @Test
    void an_issuer_that_is_away_or_another_vouches_for_nobody() {
        var away = logins("http://127.0.0.1:1");
        assertThat(away.begin(HERE, "/")).isEmpty();
        away.close();
        var other = logins(provider.issuer().replace("localhost", "127.0.0.1"));
        assertThat(other.begin(HERE, "/")).isEmpty();
        other.close();
    }

    @Test
    void who_leaves_is_led_to_the_issuer_and_back() {
        provider.person("alice@example.test");
        assertThat(logins.goodbye("token", "https://mail.example.test/"))
                .map(URI::toString)
                .hasValueSatisfying(address -> assertThat(address)
                        .startsWith(provider.issuer() + "/logout?id_token_hint=token&client_id=")
                        .endsWith("post_logout_redirect_uri=https%3A%2F%2Fmail.example.test%2F"));
    }

    @Test
    void without_an_issuer_there_is_no_such_way() {
        var none = new OpenIdLogins(new Secrets(), TestConfig.of(Map.of()));
        assertThat(none.begin(HERE, "/")).isEqualTo(Optional.<Begun>empty());
        assertThat(none.end("", new Back("a", "b", ""))).isEqualTo(Optional.<Arrived>empty());
        assertThatThrownBy(
                        () -> OpenIdSettings.of(TestConfig.of(Map.of("mail.console.openid.issuer", "https://id.test"))))
                .hasMessageContaining("client-id");
    }
}
