package org.mailroom.launcher;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLException;

/** A server's REST API: that of the home, or of another machine. */
final class Api {
    private static final int PAGE = 500;
    private static final Duration USUAL = Duration.ofSeconds(60);
    private static final Duration LONG = Duration.ofMinutes(10);

    private final URI base;
    private final Token token;
    private final HttpClient client;
    private final String silence;

    /** With what one asks. */
    @FunctionalInterface
    interface Token {
        String read() throws IOException;
    }

    /** @param silence what to say where nobody answers */
    Api(URI base, Token token, HttpClient client, String silence) {
        this.base = base;
        this.token = token;
        this.client = client;
        this.silence = silence;
    }

    /** The server of a home on this machine. */
    static Api of(Home home, Settings settings) {
        var base =
                URI.create("http://" + settings.reach() + ":" + settings.port(Listener.CONSOLE) + "/mailroom/api/v1");
        return new Api(
                base,
                () -> token(home),
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build(),
                "Mailroom does not answer at " + base + " (home " + home.directory()
                        + "). Start it with: ./mailroom run --detach");
    }

    /** @param created whether something is there that was not there before */
    record Answer(int status, JsonStructure body) {
        boolean created() {
            return status == 201;
        }

        JsonObject object() {
            return body instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
        }

        List<JsonObject> rows() {
            return body instanceof JsonArray rows ? rows.getValuesAs(JsonObject.class) : List.of();
        }

        String text(String name) {
            return object().containsKey(name) && !object().isNull(name) ? object().getString(name) : "";
        }
    }

    Answer get(String path) {
        return ask("GET", path, Map.of());
    }

    Answer delete(String path) {
        return ask("DELETE", path, Map.of());
    }

    Answer post(String path, Map<String, ?> fields) {
        return ask("POST", path, fields);
    }

    Answer put(String path, Map<String, ?> fields) {
        return ask("PUT", path, fields);
    }

    Answer patch(String path, Map<String, ?> fields) {
        return ask("PATCH", path, fields);
    }

    /** For what may take its time: a file of a thousand new accounts does. */
    Answer patient(String method, String path, JsonObject body) {
        var response = exchange(method, path, body.toString(), LONG);
        return new Answer(response.statusCode(), parse(response.body()));
    }

    /** The rows of a list, however many pages it has. */
    List<JsonObject> all(String path) {
        return all(path, "");
    }

    /** @param query what narrows the list; empty: nothing does */
    List<JsonObject> all(String path, String query) {
        var rows = new ArrayList<JsonObject>();
        while (true) {
            var body = get(path + "?limit=" + PAGE + "&offset=" + rows.size() + (query.isEmpty() ? "" : "&" + query))
                    .body();
            var page = body instanceof JsonArray part
                    ? part
                    : body.asJsonObject().values().stream()
                            .filter(JsonArray.class::isInstance)
                            .map(JsonValue::asJsonArray)
                            .findFirst()
                            .orElse(JsonValue.EMPTY_JSON_ARRAY);
            rows.addAll(page.getValuesAs(JsonObject.class));
            if (page.size() < PAGE) {
                return rows;
            }
        }
    }

    /** What is no JSON. */
    String text(String path) {
        return exchange("GET", path, "").body();
    }

    /** A name as part of a path. Slash and @ stay: a path may hold both, and servers distrust encoded slashes. */
    static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/")
                .replace("%40", "@");
    }

    /** Readiness needs no token, but only who shows one is told what is missing. */
    HttpResponse<String> ready() throws IOException {
        return send(request("GET", "/ready", "", USUAL));
    }

    private Answer ask(String method, String path, Map<String, ?> fields) {
        var body = Set.of("POST", "PUT", "PATCH").contains(method)
                ? Json.createObjectBuilder(Map.<String, Object>copyOf(fields))
                        .build()
                        .toString()
                : "";
        var response = exchange(method, path, body);
        return new Answer(response.statusCode(), parse(response.body()));
    }

    private HttpResponse<String> exchange(String method, String path, String body) {
        return exchange(method, path, body, USUAL);
    }

    private HttpResponse<String> exchange(String method, String path, String body, Duration patience) {
        try {
            var response = send(request(method, path, body, patience));
            if (response.statusCode() / 100 != 2) {
                throw new Trouble(reason(response));
            }
            return response;
        } catch (IOException e) {
            throw new Trouble(e instanceof SSLException ? silence + " " + e.getMessage() : silence, e);
        }
    }

    private HttpRequest request(String method, String path, String body, Duration patience) throws IOException {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(patience)
                .header("Accept", "application/json, text/plain;q=0.5, text/csv;q=0.5")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return request.header("Authorization", "Bearer " + token.read()).build();
    }

    private static String token(Home home) throws IOException {
        if (!Files.exists(home.token())) {
            throw new Trouble("there is no Mailroom in " + home.directory()
                    + ". Start one with ./mailroom run, or name its --home.");
        }
        if (!Files.isReadable(home.token())) {
            throw new Trouble("may not read " + home.token() + ": run the command as the user that started Mailroom.");
        }
        return Files.readString(home.token()).strip();
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** RFC 9457: the detail says it in words. */
    private static String reason(HttpResponse<String> response) {
        if (parse(response.body()) instanceof JsonObject problem) {
            for (var name : new String[] {"detail", "title"}) {
                if (problem.containsKey(name) && !problem.isNull(name)) {
                    return problem.getString(name);
                }
            }
        }
        return "the server answered with status " + response.statusCode() + " to "
                + response.request().method() + " " + response.request().uri().getPath() + "; its log tells more.";
    }

    private static JsonStructure parse(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.read();
        } catch (JsonException e) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
    }
}
