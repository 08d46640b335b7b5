package org.mailroom.login;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * An issuer that vouches for whoever comes, as the one who was named last: OpenID Connect with discovery, authorization code,
 * PKCE and logout. It is under {@code localhost}, which is another site than {@code 127.0.0.1} to a browser.
 */
public final class OpenIdProvider implements AutoCloseable {
    public static final String CLIENT = "mailroom-console";
    public static final String SECRET = "s:ecret";

    private final HttpServer server;
    private final ECKey key;
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();
    private volatile String address = "";
    private volatile List<String> groups = List.of();
    private volatile List<String> methods = List.of();
    private volatile UnaryOperator<JWTClaimsSet.Builder> spoilt = UnaryOperator.identity();
    private volatile Map<String, String> farewell = Map.of();

    private record Grant(String redirect, String nonce, String challenge) {}

    public OpenIdProvider() {
        try {
            key = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/.well-known/openid-configuration", this::metadata);
            server.createContext("/authorize", this::authorize);
            server.createContext("/token", this::token);
            server.createContext("/logout", this::logout);
            server.createContext("/keys", exchange -> answer(exchange, 200, new JWKSet(key.toPublicJWK()).toString()));
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public String issuer() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Who is logged in there from now on. */
    public void person(String newAddress, String... newGroups) {
        address = newAddress;
        groups = List.of(newGroups);
    }

    /** How people proved who they are there from now on (RFC 8176); nothing: it does not say. */
    public void proved(String... newMethods) {
        methods = List.of(newMethods);
    }

    /** What it says from now on is changed so. */
    void spoil(UnaryOperator<JWTClaimsSet.Builder> change) {
        spoilt = change;
    }

    /** What the last one who logged out there brought along. */
    public Map<String, String> farewell() {
        return farewell;
    }

    private void metadata(HttpExchange exchange) throws IOException {
        answer(exchange, 200, """
                {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",
                 "jwks_uri":"%1$s/keys","end_session_endpoint":"%1$s/logout"}""".formatted(issuer()));
    }

    private void authorize(HttpExchange exchange) throws IOException {
        var asked = fields(exchange.getRequestURI().getRawQuery());
        boolean good = CLIENT.equals(asked.get("client_id"))
                && "code".equals(asked.get("response_type"))
                && "S256".equals(asked.get("code_challenge_method"))
                && List.of(asked.getOrDefault("scope", "").split(" ")).contains("openid");
        if (!good) {
            answer(exchange, 400, "{}");
            return;
        }
        var code = UUID.randomUUID().toString();
        grants.put(code, new Grant(asked.get("redirect_uri"), asked.get("nonce"), asked.get("code_challenge")));
        exchange.getResponseHeaders()
                .set(
                        "Location",
                        asked.get("redirect_uri") + "?code=" + code + "&state=" + encode(asked.get("state")) + "&iss="
                                + encode(issuer()));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        var asked = fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII));
        var login =
                Base64.getEncoder().encodeToString((CLIENT + ":" + encode(SECRET)).getBytes(StandardCharsets.US_ASCII));
        // A code is good once.
        var grant = grants.remove(asked.getOrDefault("code", ""));
        boolean good = grant != null
                && ("Basic " + login).equals(exchange.getRequestHeaders().getFirst("Authorization"))
                && grant.redirect.equals(asked.get("redirect_uri"))
                && grant.challenge.equals(challenge(asked.getOrDefault("code_verifier", "")));
        if (!good) {
            answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        answer(
                exchange,
                200,
                "{\"access_token\":\"x\",\"token_type\":\"Bearer\",\"id_token\":\"" + idToken(grant) + "\"}");
    }

    private String idToken(Grant grant) {
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(CLIENT)
                .subject("subject of " + address)
                .issueTime(new Date())
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .claim("nonce", grant.nonce)
                .claim("email", address)
                .claim("groups", groups)
                .claim("amr", methods.isEmpty() ? null : methods);
        try {
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("one").build(),
                    spoilt.apply(claims).build());
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void logout(HttpExchange exchange) throws IOException {
        farewell = fields(exchange.getRequestURI().getRawQuery());
        exchange.getResponseHeaders().set("Location", farewell.get("post_logout_redirect_uri"));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static Map<String, String> fields(String form) {
        var fields = new HashMap<String, String>();
        for (var field : form.split("&")) {
            var parts = field.split("=", 2);
            fields.put(parts[0], URLDecoder.decode(parts.length > 1 ? parts[1] : "", StandardCharsets.UTF_8));
        }
        return fields;
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        var octets = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, octets.length);
        try (var body = exchange.getResponseBody()) {
            body.write(octets);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
