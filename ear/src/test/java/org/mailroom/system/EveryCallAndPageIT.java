package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every call of the API and every page of the console, as everybody: which roles are let in stands in two tables, and a call or
 * page that is new has to be put there. The calls are those that the server describes, the pages those that it has.
 */
class EveryCallAndPageIT {
    private static final Mailroom SERVER = Mailroom.server();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** The domain administrator administers another domain than the one that is asked about. */
    private static final List<String> ROLES =
            List.of("administrator", "auditor", "domain-administrator", "help-desk", "user", "nobody");

    private static final List<String> VERBS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

    /** What paths name, where it is there; by the folder, too, where that matters. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("groups/address", "team@example.test"),
            Map.entry("shared-mailboxes/address", "shared@example.test"),
            Map.entry("aliases/address", "sales@example.test"),
            Map.entry("address", "ann@example.test"),
            Map.entry("alias", "also-ann@example.test"),
            Map.entry("directories/name", "corp"),
            Map.entry("rules/name", "no-pests"),
            Map.entry("name", "example.test"),
            Map.entry("domain", "example.test"),
            Map.entry("of", "example.test"),
            Map.entry("id", "999999999"),
            Map.entry("queueId", "NOSUCH"),
            Map.entry("selector", "nosuch"),
            Map.entry("role", "auditor"),
            Map.entry("member", "ann@example.test"));

    /** It would take the password from the tests that follow. */
    private static final String NOT_BY_ADMINISTRATORS = "POST /administrator/password";

    private static final Map<String, String> PEOPLE = new LinkedHashMap<>();

    @BeforeAll
    static void a_domain_with_everything_and_people_of_every_role() {
        SERVER.run("domain", "add", "example.test");
        SERVER.run("domain", "add", "elsewhere-administered.test");
        SERVER.api("POST", "/accounts", "{\"address\":\"ann@example.test\"}");
        SERVER.run("alias", "add", "sales@example.test", "ann@example.test");
        SERVER.run("forward", "add", "ann@example.test", "ann@there.test");
        SERVER.run("group", "add", "team@example.test", "ann@example.test");
        SERVER.run("shared", "add", "shared@example.test");
        for (var role : ROLES.subList(1, 5)) {
            PEOPLE.put(role, SERVER.account("every-" + role));
        }
        SERVER.run("admin", "grant", person("auditor"), "auditor");
        SERVER.run("admin", "grant", person("help-desk"), "help-desk");
        SERVER.run(
                "admin",
                "grant",
                person("domain-administrator"),
                "domain-administrator",
                "--domain",
                "elsewhere-administered.test");
    }

    private static String person(String role) {
        return role.equals("administrator") ? SERVER.administrator() : Objects.requireNonNull(PEOPLE.get(role));
    }

    private static String password(String role) {
        return role.equals("administrator") ? SERVER.administratorPassword() : Mailroom.password(person(role));
    }

    private static List<String> table(String name) throws IOException {
        try (var table = Objects.requireNonNull(EveryCallAndPageIT.class.getResourceAsStream(name))) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    private record Call(String verb, String path, JsonObject described) {
        /** What is asked of a thing that is not there hurts nobody. */
        String address(boolean harmless) {
            var address = new StringBuilder();
            for (var part : path.substring(1).split("/")) {
                var named = part.startsWith("{") ? name(part.substring(1, part.length() - 1), address) : part;
                address.append('/').append(named);
            }
            return harmless ? address.toString().replace("example.test", "absent.test") : address.toString();
        }

        private static String name(String parameter, StringBuilder before) {
            var folder = before.substring(before.lastIndexOf("/") + 1);
            return Objects.requireNonNull(
                    NAMES.getOrDefault(folder + "/" + parameter, NAMES.get(parameter)),
                    () -> "what {" + parameter + "} of " + before + " may be");
        }

        /** The examples of the description. */
        String body(boolean harmless) {
            if (!described.containsKey("requestBody")) {
                return "";
            }
            var schema = described
                    .getJsonObject("requestBody")
                    .getJsonObject("content")
                    .getJsonObject("application/json")
                    .getJsonObject("schema");
            var body = Json.createObjectBuilder();
            schema.getOrDefault("properties", JsonValue.EMPTY_JSON_OBJECT)
                    .asJsonObject()
                    .forEach((name, field) -> {
                        if (field.asJsonObject().containsKey("example")) {
                            body.add(name, field.asJsonObject().get("example"));
                        }
                    });
            var text = body.build().toString();
            return harmless ? text.replace("example.test", "absent.test") : text;
        }
    }

    private static List<Call> calls() {
        var calls = new ArrayList<Call>();
        SERVER.get("/openapi").getJsonObject("paths").forEach((path, verbs) -> {
            for (var verb : VERBS) {
                var described = verbs.asJsonObject().get(verb.toLowerCase(Locale.ROOT));
                if (described != null) {
                    calls.add(new Call(verb, path, described.asJsonObject()));
                }
            }
        });
        return calls;
    }

    private static HttpResponse<String> ask(String role, Call call) throws Exception {
        boolean harmless = role.equals("administrator") && !call.verb.equals("GET");
        return ask(role, call, harmless, call.body(harmless));
    }

    private static HttpResponse<String> ask(String role, Call call, boolean harmless, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(SERVER.console() + "/api/v1" + call.address(harmless)))
                .header("Content-Type", "application/json")
                .method(call.verb, HttpRequest.BodyPublishers.ofString(body));
        if (!role.equals("nobody")) {
            var words = (person(role) + ":" + password(role)).getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(words));
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static boolean letIn(String role, int status) {
        // What is not his, is not there for a domain administrator.
        return status != 401 && status != 403 && !(role.equals("domain-administrator") && status == 404);
    }

    @Test
    void every_call_lets_in_whom_the_table_names_and_answers_as_described() throws Exception {
        var found = new TreeSet<String>();
        var odd = new ArrayList<String>();
        for (var call : calls()) {
            var title = call.verb + " " + call.path;
            var in = new TreeSet<String>();
            for (var role : ROLES.reversed()) {
                if (role.equals("administrator") && title.equals(NOT_BY_ADMINISTRATORS)) {
                    in.add(role);
                    continue;
                }
                var answer = ask(role, call);
                if (letIn(role, answer.statusCode())) {
                    in.add(role);
                }
                if (!asDescribed(call, answer)) {
                    odd.add(title + " as " + role + ": " + answer.statusCode() + " "
                            + answer.headers().firstValue("Content-Type").orElse("") + " " + answer.body());
                }
            }
            found.add(title + ": " + String.join(" ", in));
        }
        assertThat(odd).isEmpty();
        assertThat(table("calls.txt")).containsExactlyElementsOf(found);
    }

    @Test
    void who_may_not_do_a_thing_hears_that_before_his_words_are_read() throws Exception {
        var heard = new ArrayList<String>();
        var rows = table("calls.txt");
        for (var call : calls()) {
            var row = rows.stream()
                    .filter(one -> one.startsWith(call.verb + " " + call.path + ":"))
                    .findFirst()
                    .orElse("");
            for (var role : List.of("auditor", "help-desk", "user", "nobody")) {
                if (call.described.containsKey("requestBody") && !row.matches(".*[ :]" + role + "( .*|$)")) {
                    heard.add(call.verb + " " + call.path + " as " + role + ": "
                            + ask(role, call, false, "{").statusCode());
                }
            }
        }
        assertThat(heard).hasSizeGreaterThan(100).allMatch(one -> one.endsWith(": 401") || one.endsWith(": 403"));
    }

    private static boolean asDescribed(Call call, HttpResponse<String> answer) {
        int status = answer.statusCode();
        var type = answer.headers().firstValue("Content-Type").orElse("");
        return status < 500
                && call.described.getJsonObject("responses").containsKey(String.valueOf(status))
                && (status < 400 || type.startsWith("application/problem+json"));
    }

    /** The addresses of the pages, and one of each kind of thing. */
    @SuppressWarnings("unchecked")
    private static List<String> pages() throws Exception {
        var classes = Path.of("..", "web-admin", "target", "classes").toUri().toURL();
        try (var loader = new URLClassLoader(new URL[] {classes})) {
            var known = loader.loadClass("org.mailroom.web.site.Paths");
            var all = new TreeMap<String, String>();
            for (var name : List.of("PAGES", "SUBJECTS")) {
                var field = known.getDeclaredField(name);
                field.setAccessible(true);
                all.putAll((Map<String, String>) field.get(null));
            }
            return all.keySet().stream().filter(page -> !page.equals("/login")).toList();
        }
    }

    /** What stands behind the folder of a page about one thing. */
    private static String subject(String page) {
        return switch (page) {
            case "/accounts/" -> page + "ann@example.test";
            case "/groups/" -> page + "team@example.test";
            case "/dns/" -> page + "example.test";
            default -> page.endsWith("/") && page.length() > 1 ? page + "999999999" : page;
        };
    }

    private static final Pattern INPUT = Pattern.compile("<input[^>]*>");

    private static String attribute(String tag, String name) {
        var found = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(tag);
        return found.find() ? found.group(1) : "";
    }

    /** Somebody who has typed his password into the form. */
    private static HttpClient browser(String role) throws Exception {
        var browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        var login = URI.create(SERVER.console() + "/login");
        var form = browser.send(HttpRequest.newBuilder(login).build(), HttpResponse.BodyHandlers.ofString());
        var fields = new LinkedHashMap<String, String>();
        var inputs = INPUT.matcher(form.body());
        while (inputs.find()) {
            var name = attribute(inputs.group(), "name");
            fields.put(
                    name,
                    name.endsWith(":address")
                            ? person(role)
                            : name.endsWith(":password") ? password(role) : attribute(inputs.group(), "value"));
        }
        fields.remove("");
        var body = fields.entrySet().stream()
                .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var answer = browser.send(
                HttpRequest.newBuilder(login)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode())
                .as(role + " is let in: " + answer.body())
                .isEqualTo(302);
        return browser;
    }

    @Test
    void every_page_is_shown_to_whom_the_table_names_and_to_nobody_else() throws Exception {
        var in = new TreeMap<String, TreeSet<String>>();
        var odd = new ArrayList<String>();
        for (var role : ROLES) {
            var browser = role.equals("nobody") ? HTTP : browser(role);
            for (var page : pages()) {
                var answer = browser.send(
                        HttpRequest.newBuilder(URI.create(SERVER.console() + subject(page)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                var those = in.computeIfAbsent(page, _ -> new TreeSet<>());
                switch (answer.statusCode()) {
                    case 200 -> those.add(role);
                    // Not for him, or not there; strangers are sent to the login.
                    case 302, 403, 404 -> {}
                    default -> odd.add(page + " as " + role + ": " + answer.statusCode());
                }
            }
        }
        assertThat(odd).isEmpty();
        var found = in.entrySet().stream()
                .map(page -> (page.getKey() + ": " + String.join(" ", page.getValue())).strip())
                .sorted()
                .toList();
        assertThat(table("pages.txt")).containsExactlyElementsOf(found);
    }

    @Test
    void the_description_says_which_shapes_it_speaks_of() {
        var description = SERVER.get("/openapi");
        var shapes =
                description.getJsonObject("components").getJsonObject("schemas").keySet();
        assertThat(references(description)).isNotEmpty().allMatch(shapes::contains);
    }

    private static TreeSet<String> references(JsonValue value) {
        var found = new TreeSet<String>();
        switch (value) {
            case JsonObject object ->
                object.forEach((name, inside) -> {
                    if (name.equals("$ref") && inside instanceof JsonString reference) {
                        found.add(reference.getString().replace("#/components/schemas/", ""));
                    }
                    found.addAll(references(inside));
                });
            case JsonArray array -> array.forEach(inside -> found.addAll(references(inside)));
            default -> {}
        }
        return found;
    }
}
