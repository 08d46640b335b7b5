package org.mailroom.login;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Whom a bearer token is of: by the signature of its issuer (RFC 7519), or by asking him (RFC 7662). */
final class Tokens {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LONGEST = 16 * 1024;
    private static final int LONGEST_ANSWER = 256 * 1024;
    /** An issuer that hangs holds no more logins than these. */
    private static final int AT_A_TIME = 16;
    /** How long keys that were read serve when the issuer cannot be reached. */
    private static final Duration OUTAGE = Duration.ofHours(1);

    /** None that both sides share a secret for: keys are public here. */
    static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final @Nullable TokenSettings settings;
    private final @Nullable DefaultJWTProcessor<SecurityContext> signed;
    private final @Nullable HttpClient http;
    private final Semaphore permits = new Semaphore(AT_A_TIME);

    private Tokens(@Nullable TokenSettings settings) {
        this.settings = settings;
        this.signed = settings == null || settings.keys().isEmpty()
                ? null
                : processor(settings, settings.keys().get());
        this.http = settings == null || settings.introspection().isEmpty()
                ? null
                : HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    }

    static Tokens none() {
        return new Tokens(null);
    }

    static Tokens of(TokenSettings settings) {
        return new Tokens(settings);
    }

    /** The issuer does not answer; nobody knows whether the token is good. */
    static final class NoAnswer extends Exception {
        private static final long serialVersionUID = 1L;

        NoAnswer(@Nullable String text) {
            super(text, null, false, false);
        }
    }

    private static DefaultJWTProcessor<SecurityContext> processor(TokenSettings settings, URI keys) {
        try {
            // Keys are kept for minutes, and a flood of unknown ones does not reach the issuer.
            int patience = (int) PATIENCE.toMillis();
            var source = JWKSourceBuilder.<SecurityContext>create(
                            keys.toURL(), new DefaultResourceRetriever(patience, patience, LONGEST_ANSWER))
                    .refreshAheadCache(false)
                    .rateLimited(true)
                    .outageTolerant(OUTAGE.toMillis())
                    .build();
            var required = new JWTClaimsSet.Builder();
            settings.issuer().ifPresent(required::issuer);
            var claims = new DefaultJWTClaimsVerifier<SecurityContext>(
                    // Some versions ask these sets whether null is in them, which Set.of does not stand.
                    new HashSet<>(settings.audience()),
                    required.build(),
                    new HashSet<>(Set.of("exp", settings.claim())),
                    new HashSet<>());
            claims.setMaxClockSkew((int) settings.clockSkew().toSeconds());
            var processor = new DefaultJWTProcessor<SecurityContext>();
            processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, source));
            processor.setJWTClaimsSetVerifier(claims);
            // RFC 9068 calls them at+jwt; older issuers JWT, or nothing.
            processor.setJWSTypeVerifier((type, context) -> {});
            return processor;
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The address of the account; empty where the token is not good. */
    Optional<String> address(String token) throws NoAnswer {
        if (settings == null || token.length() > LONGEST) {
            return Optional.empty();
        }
        if (!permits.tryAcquire()) {
            throw new NoAnswer("too many ask the issuer at a time");
        }
        try {
            return address(settings, token);
        } finally {
            permits.release();
        }
    }

    private Optional<String> address(TokenSettings of, String token) throws NoAnswer {
        if (signed != null && token.chars().filter(c -> c == '.').count() == 2) {
            return signed(signed, of.claim(), token);
        }
        return http != null && of.introspection().isPresent()
                ? introspected(http, of, of.introspection().get(), token)
                : Optional.empty();
    }

    void close() {
        if (http != null) {
            http.shutdownNow();
        }
    }

    private static Optional<String> signed(DefaultJWTProcessor<SecurityContext> processor, String claim, String token)
            throws NoAnswer {
        try {
            var claims = processor.process(token, null);
            return verified(claims.getClaims()) ? Optional.ofNullable(claims.getStringClaim(claim)) : Optional.empty();
        } catch (KeySourceException e) {
            throw new NoAnswer(e.getMessage());
        } catch (ParseException | BadJOSEException | JOSEException e) {
            return Optional.empty();
        }
    }

    /** OpenID Connect Core §5.1: an address that the user only says is his opens nobody's mailbox. */
    private static boolean verified(Map<String, Object> claims) {
        return !Boolean.FALSE.equals(claims.get("email_verified"));
    }

    private static Optional<String> introspected(HttpClient http, TokenSettings of, URI endpoint, String token)
            throws NoAnswer {
        var credentials = URLEncoder.encode(of.clientId(), StandardCharsets.UTF_8) + ":"
                + URLEncoder.encode(of.clientSecret(), StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(endpoint)
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(
                        "token_type_hint=access_token&token=" + URLEncoder.encode(token, StandardCharsets.UTF_8)))
                .build();
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                if (response.statusCode() != 200) {
                    throw new NoAnswer("the issuer answers with status " + response.statusCode());
                }
                var text = new String(body.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
                return active(of, JSONObjectUtils.parse(text));
            }
        } catch (IOException | ParseException e) {
            throw new NoAnswer(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswer("interrupted");
        }
    }

    private static Optional<String> active(TokenSettings of, Map<String, Object> answer) {
        boolean issued = of.issuer().isEmpty()
                || answer.get("iss") == null
                || of.issuer().get().equals(answer.get("iss"));
        boolean meant = of.audience().isEmpty()
                || switch (answer.get("aud")) {
                    case String one -> of.audience().contains(one);
                    case Collection<?> several -> several.stream().anyMatch(of.audience()::contains);
                    case null, default -> false;
                };
        return Boolean.TRUE.equals(answer.get("active"))
                        && issued
                        && meant
                        && verified(answer)
                        && answer.get(of.claim()) instanceof String address
                ? Optional.of(address)
                : Optional.empty();
    }
}
