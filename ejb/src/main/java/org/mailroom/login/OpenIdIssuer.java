package org.mailroom.login;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The issuer as we ask him: his metadata (OpenID Connect Discovery §4), the way to his login (Core §3.1.2.1, with PKCE, RFC 7636),
 * the token for a code (Core §3.1.3), and whether it is his and meant for us and this login (Core §3.1.3.7).
 */
final class OpenIdIssuer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration KNOWN = Duration.ofHours(1);
    private static final int LONGEST_ANSWER = 256 * 1024;
    private static final int MOST_VALUES = 1000;
    private static final int SKEW_S = 60;

    private final OpenIdSettings settings;
    private final URI issuer;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private volatile @Nullable Metadata metadata;

    OpenIdIssuer(OpenIdSettings settings, URI issuer) {
        this.settings = settings;
        this.issuer = issuer;
    }

    private record Metadata(
            URI authorization, URI token, JWKSource<SecurityContext> keys, Optional<URI> end, Instant read) {}

    /** It cannot be said whether he vouches for anybody. */
    static final class NoAnswer extends Exception {
        private static final long serialVersionUID = 1L;

        NoAnswer(@Nullable String text) {
            super(text, null, false, false);
        }
    }

    /**
     * For whom he vouches.
     *
     * @param secondFactor whether he says that he asked for one
     * @param idToken as he gave it, to say goodbye with
     */
    record Vouched(String address, Set<String> groups, boolean secondFactor, String idToken) {
        @Override
        public String toString() {
            return "Vouched[" + address + "]";
        }
    }

    /** Where a browser logs in. */
    URI authorization(String redirect, String state, String nonce, String verifier) throws NoAnswer {
        var fields = new LinkedHashMap<String, String>();
        fields.put("response_type", "code");
        fields.put("client_id", settings.clientId());
        fields.put("redirect_uri", redirect);
        fields.put("scope", String.join(" ", settings.scopes()));
        fields.put("state", state);
        fields.put("nonce", nonce);
        fields.put("code_challenge", challenge(verifier));
        fields.put("code_challenge_method", "S256");
        return with(metadata().authorization, fields);
    }

    /** Where a browser says that the login is over (OpenID Connect RP-Initiated Logout §2); empty where there is no such place. */
    Optional<URI> end(String idToken, String back) throws NoAnswer {
        var fields = new LinkedHashMap<String, String>();
        fields.put("id_token_hint", idToken);
        fields.put("client_id", settings.clientId());
        fields.put("post_logout_redirect_uri", back);
        return metadata().end.map(end -> with(end, fields));
    }

    private static URI with(URI address, Map<String, String> fields) {
        return URI.create(address + (address.getRawQuery() == null ? "?" : "&") + form(fields));
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whom the code stands for; empty where the issuer does not take it, or what he gives is not good. */
    Optional<Vouched> redeem(String code, String redirect, String nonce, String verifier) throws NoAnswer {
        var known = metadata();
        var fields = new LinkedHashMap<String, String>();
        fields.put("grant_type", "authorization_code");
        fields.put("code", code);
        fields.put("redirect_uri", redirect);
        fields.put("code_verifier", verifier);
        var request = HttpRequest.newBuilder(known.token);
        if (settings.clientSecret().isEmpty()) {
            fields.put("client_id", settings.clientId());
        } else {
            request.header("Authorization", "Basic " + credentials());
        }
        var answer = ask(request.header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(fields))));
        return answer.get("id_token") instanceof String token ? vouched(known, token, nonce) : Optional.empty();
    }

    /** RFC 6749 §2.3.1. */
    private String credentials() {
        var pair = URLEncoder.encode(settings.clientId(), StandardCharsets.UTF_8) + ":"
                + URLEncoder.encode(settings.clientSecret(), StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    }

    private Optional<Vouched> vouched(Metadata known, String token, String nonce) throws NoAnswer {
        try {
            var claims = processor(known, nonce).process(token, null);
            var party = claims.getClaim("azp");
            boolean ours = party == null || party.equals(settings.clientId());
            return ours
                            && !Boolean.FALSE.equals(claims.getClaim("email_verified"))
                            && claims.getClaim(settings.claim()) instanceof String address
                    ? Optional.of(new Vouched(address, values(claims, settings.groups()), secondFactor(claims), token))
                    : Optional.empty();
        } catch (KeySourceException e) {
            throw new NoAnswer(e.getMessage());
        } catch (ParseException | BadJOSEException | JOSEException e) {
            return Optional.empty();
        }
    }

    private DefaultJWTProcessor<SecurityContext> processor(Metadata known, String nonce) {
        var exact = new JWTClaimsSet.Builder()
                .issuer(issuer.toString())
                .claim("nonce", nonce)
                .build();
        var claims = new DefaultJWTClaimsVerifier<SecurityContext>(
                new HashSet<>(Set.of(settings.clientId())),
                exact,
                new HashSet<>(Set.of("sub", "exp", "iat", settings.claim())),
                new HashSet<>());
        claims.setMaxClockSkew(SKEW_S);
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(Tokens.ALGORITHMS, known.keys));
        processor.setJWTClaimsSetVerifier(claims);
        return processor;
    }

    /** OpenID Connect Core §2: what he did ({@code amr}), or what it amounts to ({@code acr}). */
    private boolean secondFactor(JWTClaimsSet claims) {
        return Stream.of("amr", "acr")
                .flatMap(claim -> values(claims, claim).stream())
                .anyMatch(settings.secondFactor()::contains);
    }

    private static Set<String> values(JWTClaimsSet claims, String claim) {
        return switch (claims.getClaim(claim)) {
            case String one -> Set.of(one);
            case Collection<?> several ->
                several.stream()
                        .limit(MOST_VALUES)
                        .map(Objects::toString)
                        .collect(Collectors.toCollection(TreeSet::new));
            case null, default -> Set.of();
        };
    }

    private Metadata metadata() throws NoAnswer {
        var known = metadata;
        if (known == null || known.read.plus(KNOWN).isBefore(Instant.now())) {
            known = read();
            metadata = known;
        }
        return known;
    }

    private Metadata read() throws NoAnswer {
        var base = issuer.toString().replaceFirst("/$", "");
        var found = ask(HttpRequest.newBuilder(URI.create(base + "/.well-known/openid-configuration")));
        if (!issuer.toString().equals(found.get("issuer"))) {
            throw new NoAnswer("the metadata are of another issuer");
        }
        int patience = (int) PATIENCE.toMillis();
        try {
            return new Metadata(
                    endpoint(found, "authorization_endpoint"),
                    endpoint(found, "token_endpoint"),
                    JWKSourceBuilder.<SecurityContext>create(
                                    endpoint(found, "jwks_uri").toURL(),
                                    new DefaultResourceRetriever(patience, patience, LONGEST_ANSWER))
                            .refreshAheadCache(false)
                            .rateLimited(true)
                            .build(),
                    found.containsKey("end_session_endpoint")
                            ? Optional.of(endpoint(found, "end_session_endpoint"))
                            : Optional.empty(),
                    Instant.now());
        } catch (MalformedURLException e) {
            throw new NoAnswer("the metadata name no address of keys");
        }
    }

    private static URI endpoint(Map<String, Object> metadata, String name) throws NoAnswer {
        return TokenSettings.safe(Objects.toString(metadata.get(name), ""))
                .orElseThrow(() -> new NoAnswer("the metadata name no " + name + " under TLS"));
    }

    private Map<String, Object> ask(HttpRequest.Builder request) throws NoAnswer {
        var asked =
                request.timeout(PATIENCE).header("Accept", "application/json").build();
        try {
            var response = http.send(asked, HttpResponse.BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                var text = new String(body.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
                // RFC 6749 §5.2: 400 and 401 say that the code, or we, are no good.
                if (response.statusCode() == 400 || response.statusCode() == 401) {
                    return Map.of();
                }
                if (response.statusCode() != 200) {
                    throw new NoAnswer("the issuer answers with status " + response.statusCode());
                }
                return JSONObjectUtils.parse(text);
            }
        } catch (IOException | ParseException e) {
            throw new NoAnswer(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswer("interrupted");
        }
    }

    /** The roles that groups give. */
    Set<String> roles(Set<String> groups) {
        return groups.stream()
                .flatMap(group -> settings.roles().getOrDefault(group, List.of()).stream())
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
