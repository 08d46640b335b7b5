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
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** One that signs tokens, tells his keys (RFC 7517), and answers about tokens that he did not sign (RFC 7662). */
public final class TokenIssuer implements AutoCloseable {
    public static final String ISSUER = "https://id.example.test";
    public static final String AUDIENCE = "mailroom";

    private final HttpServer server;
    private final ECKey key;
    private final Map<String, String> answers = new ConcurrentHashMap<>();

    public TokenIssuer() {
        try {
            key = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/keys", exchange -> answer(exchange, new JWKSet(key.toPublicJWK()).toString()));
            server.createContext("/introspect", this::introspect);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public String keys() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
    }

    public String introspection() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/introspect";
    }

    /** A good token, for minutes. */
    public String token(String address) {
        return signed(claims(address).build());
    }

    /** What a good token says; to be spoiled. */
    public JWTClaimsSet.Builder claims(String address) {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .claim("email", address);
    }

    public String signed(JWTClaimsSet claims) {
        try {
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("one").build(), claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is said, in JSON, when somebody asks about this token; of others, that they are not active. */
    public void answer(String token, String json) {
        answers.put(token, json);
    }

    private void introspect(HttpExchange exchange) throws IOException {
        var form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
        var login = "Basic " + Base64.getEncoder().encodeToString("mailroom:s%3Acret".getBytes(StandardCharsets.UTF_8));
        if (!login.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.sendResponseHeaders(401, -1);
            return;
        }
        answer(exchange, answers.getOrDefault(form.replaceFirst(".*token=", ""), "{\"active\":false}"));
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        var octets = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, octets.length);
        try (var body = exchange.getResponseBody()) {
            body.write(octets);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
