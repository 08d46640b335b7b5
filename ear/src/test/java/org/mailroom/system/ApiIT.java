package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that ask the API: their tokens, the command from another machine, and the state in a file. */
class ApiIT {
    private static final Mailroom SERVER = Mailroom.server();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    private static HttpResponse<String> ask(String token, String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(SERVER.console() + "/api/v1" + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** {@code ./mailroom token add}, and what it shows. */
    private static String token(String name, String... words) {
        var command = new ArrayList<>(List.of("token", "add", name, "--owner", SERVER.administrator()));
        command.addAll(List.of(words));
        var said = SERVER.run(command.toArray(String[]::new));
        return said.substring(said.indexOf("mrt_")).split("\\s")[0];
    }

    private static long id(String name) {
        return SERVER.get("/tokens?limit=1000").getJsonArray("rows").getValuesAs(JsonObject.class).stream()
                .filter(row -> row.getString("name").equals(name))
                .findFirst()
                .orElseThrow()
                .getJsonNumber("id")
                .longValue();
    }

    @Test
    void a_token_reaches_its_domain_and_no_other_and_the_audit_names_it() throws Exception {
        SERVER.run("domain", "add", "tokens.test");
        SERVER.api("POST", "/accounts", "{\"address\":\"ann@tokens.test\"}");
        var token = token("of-a-domain", "--role", "domain-administrator", "--domain", "tokens.test");
        assertThat(ask(token, "GET", "/accounts?limit=1000", "").body())
                .contains("ann@tokens.test")
                .doesNotContain("@mailroom.test\"");
        assertThat(ask(token, "POST", "/accounts", "{\"address\":\"ben@tokens.test\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(ask(token, "POST", "/accounts", "{\"address\":\"tokens-x@here.test\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(ask(token, "GET", "/settings", "").statusCode()).isEqualTo(403);
        assertThat(ask(token, "GET", "/self/tokens", "").statusCode()).isEqualTo(403);
        assertThat(SERVER.get("/audit?filter=of-a-domain").toString())
                .contains("ben@tokens.test", SERVER.administrator() + " (token of-a-domain)");
    }

    @Test
    void a_token_that_may_only_read_changes_nothing_and_none_makes_another() throws Exception {
        var reader = token("reader", "--role", "administrator", "--read-only");
        assertThat(ask(reader, "GET", "/domains", "").statusCode()).isEqualTo(200);
        assertThat(ask(reader, "POST", "/domains", "{\"name\":\"unread.test\"}").statusCode())
                .isEqualTo(403);
        assertThat(ask(reader, "PUT", "/state?dryRun=true", "{}").statusCode()).isEqualTo(403);
        var writer = token("writer", "--role", "administrator");
        var wish = "{\"owner\":\"" + SERVER.administrator() + "\",\"name\":\"second\",\"role\":\"auditor\"}";
        assertThat(ask(writer, "POST", "/tokens", wish).statusCode()).isEqualTo(403);
        assertThat(ask(writer, "GET", "/tokens", "").body()).contains("\"lastUsed\"");
    }

    @Test
    void a_revoked_token_opens_nothing_and_the_console_knows_none() throws Exception {
        var token = token("gone", "--role", "auditor");
        assertThat(ask(token, "GET", "/domains", "").statusCode()).isEqualTo(200);
        var page = HTTP.send(
                HttpRequest.newBuilder(URI.create(SERVER.console() + "/domains"))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(page.statusCode()).isEqualTo(302);
        SERVER.run("token", "revoke", String.valueOf(id("gone")));
        assertThat(ask(token, "GET", "/domains", "").statusCode()).isEqualTo(401);
    }

    @Test
    void commands_ask_a_server_on_another_machine_whose_certificate_they_check() throws Exception {
        var file = Files.writeString(directory.resolve("token"), token("remote", "--role", "auditor") + "\n");
        var url = "https://127.0.0.1:" + SERVER.port("console.tls");
        var certificate = SERVER.home().resolve("tls/certificate.pem").toString();
        var trusted = new String[] {"--server", url, "--token-file", file.toString(), "--trust", certificate};
        assertThat(remotely(trusted, "domain", "list").output()).contains("here.test");
        assertThat(remotely(trusted, "status").code()).isZero();
        assertThat(remotely(trusted, "domain", "add", "never.test").output()).contains("may not do that");
        assertThat(remotely(trusted, "stop").output()).contains("on the machine itself");
        var untrusted = new String[] {"--server", url, "--token-file", file.toString()};
        assertThat(remotely(untrusted, "domain", "list"))
                .satisfies(refused -> assertThat(refused.code()).isNotZero())
                .satisfies(refused -> assertThat(refused.output()).contains("certificat"));
        var plain = new String[] {"--server", "http://192.0.2.1:8080", "--token-file", file.toString()};
        assertThat(remotely(plain, "domain", "list").output()).contains("over TLS only");
    }

    private static Launcher.Result remotely(String[] options, String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of(options));
        return SERVER.execute(all.toArray(String[]::new));
    }

    @Test
    void the_state_in_a_file_is_shown_brought_about_and_then_there() throws Exception {
        var file = directory.resolve("state.yaml").toString();
        Files.writeString(Path.of(file), """
                domains:
                  - name: applied.test
                    catchAll: ann@applied.test
                accounts:
                  - {address: ann@applied.test, displayName: Ann, aliases: [a@applied.test]}
                  - {address: ben@applied.test}
                groups:
                  - address: team@applied.test
                    members: [ann@applied.test, ben@applied.test]
                authenticity:
                  - {domain: applied.test, dmarc: off}
                """);
        assertThat(SERVER.run("apply", file, "--dry-run"))
                .contains("+ domains applied.test", "+ accounts ben@applied.test", "dmarc: off");
        assertThat(SERVER.run("domain", "list")).doesNotContain("applied.test");
        assertThat(SERVER.run("log", "applied.test")).doesNotContain("audit");
        assertThat(SERVER.execute("apply", file).output()).contains("--yes");
        assertThat(SERVER.run("apply", file, "--yes")).contains("Password of ann@applied.test", "Done: 5 changed.");
        assertThat(SERVER.run("log", "applied.test")).contains("action=account.add object=<ann@applied.test>");
        assertThat(SERVER.run("apply", file, "--yes")).contains("Nothing to do");
        Files.writeString(Path.of(file), "accounts:\n  - {address: ann@applied.test, displayName: Anna}\n");
        assertThat(SERVER.run("apply", file, "--yes")).contains("displayName: Ann -> Anna");
        assertThat(SERVER.run("export", "groups")).contains("team@applied.test");
        Files.writeString(Path.of(file), "accounts:\n  - {address: a@applied.test}\n");
        assertThat(SERVER.execute("apply", file, "--dry-run"))
                .satisfies(refused -> assertThat(refused.code()).isNotZero())
                .satisfies(refused -> assertThat(refused.output()).contains("a@applied.test is taken"));
        assertThat(SERVER.execute("apply", SERVER.home().resolve("token").toString(), "--yes")
                        .code())
                .isNotZero();
    }

    /** Everything that a file can name; what it names is there, and nothing else of it changes by saying it again. */
    @Test
    void what_was_exported_is_what_is_there() throws Exception {
        var file = directory.resolve("everything.yaml").toString();
        Files.writeString(Path.of(file), """
                domains:
                  - {name: whole.test}
                  - {name: directory.whole.test}
                accounts:
                  - {address: ann@whole.test, quotaOctets: 1000000000, messageOctets: 1000000, recipients: 100}
                aliases:
                  - {address: sales@whole.test, targets: [ann@whole.test]}
                forwards:
                  - {account: ann@whole.test, keepsCopy: true, targets: [ann@there.test]}
                groups:
                  - {address: team@whole.test, members: [ann@whole.test], whoMaySend: members, moderators: [ann@whole.test]}
                sharedMailboxes:
                  - {address: info@whole.test, displayName: Information, members: [ann@whole.test work as, team@whole.test read]}
                rewrites:
                  - {domain: whole.test, pattern: "sales-*", target: ann}
                roles:
                  - {address: ann@whole.test, role: domain-administrator, domain: whole.test}
                rules:
                  - {name: whole-pests, enabled: false, conditions: [sender is pest.test], action: junk}
                lists:
                  - {pattern: friend.whole.test, subject: sender, allow: true}
                routes:
                  - {domain: "*.slow.whole.test", target: "smtp://192.0.2.1"}
                deliveryRules:
                  - {domain: "*.slow.whole.test", firstRetry: PT10M, concurrency: 1}
                authenticity:
                  - {domain: whole.test, dmarc: off}
                popPolicies:
                  - {of: whole.test, expire: 90-days}
                  - {of: ann@whole.test, show: unseen, markSeen: true}
                tenants:
                  - {name: whole, domains: [whole.test]}
                limits:
                  - {of: whole, octets: 5000000000}
                  - {of: whole.test, recipients: 1000}
                directories:
                  - name: whole
                    domains: [directory.whole.test]
                    servers: ["ldap://127.0.0.1:9"]
                    base: dc=whole
                    enabled: false
                    mapping: |
                      person = (objectClass=person)
                      id = entryUUID
                      login = uid
                """);
        assertThat(SERVER.run("apply", file, "--yes")).contains("Done: 20 changed.");
        assertThat(SERVER.run("apply", file, "--yes")).contains("Nothing to do");
        var all = Files.writeString(directory.resolve("all.json"), SERVER.run("export"));
        assertThat(SERVER.run("apply", all.toString(), "--dry-run", "--prune")).contains("Nothing to do");
        Files.writeString(Path.of(file), "limits:\n  - {of: whole, octets: null}\ndirectories: []\n");
        assertThat(SERVER.run("apply", file, "--dry-run", "--prune"))
                .contains("~ limits whole", "octets: 5000000000 -> ", "- directories whole", "- limits whole.test");
        Files.writeString(Path.of(file), "directories: []\n");
        SERVER.run("apply", file, "--yes", "--prune");
    }

    @Test
    void what_is_put_twice_is_there_once() {
        var ann = SERVER.account("api-put");
        for (var wish : new String[][] {
            {"/addresses/aliases/put-alias@here.test", "{\"targets\":[\"" + ann + "\"]}", "/addresses/aliases"},
            {
                "/addresses/forwards/" + ann,
                "{\"keepsCopy\":true,\"targets\":[\"ann@there.test\"]}",
                "/addresses/forwards"
            },
            {"/addresses/groups/put-group@here.test", "{\"members\":[\"" + ann + "\"]}", "/addresses/groups"},
            {"/shared-mailboxes/put-shared@here.test", "{}", "/shared-mailboxes"},
            {"/shared-mailboxes/put-shared@here.test/members/" + ann, "{\"sends\":\"as\"}", "/shared-mailboxes"},
            {"/limits/" + ann, "{\"recipients\":100}", "/limits"},
            {"/tenants/put", "{\"domains\":[]}", "/tenants"},
            {"/rewrites?domain=here.test&pattern=put-*", "{\"target\":\"" + ann + "\"}", "/rewrites"},
            {"/rules/put.test", "{\"concurrency\":\"1\"}", "/rules"},
            {"/routes/put.test", "{\"target\":\"smtp://192.0.2.1\"}", "/routes"},
            {
                "/policy/rules/test",
                "{\"enabled\":false,\"conditions\":[\"sender is put.test\"],\"action\":\"junk\"}",
                "/policy/rules"
            },
            {"/administrators/" + ann + "/help-desk", "{}", "/administrators"}
        }) {
            var first = SERVER.api("PUT", wish[0], wish[1]);
            var there = SERVER.list(wish[2]);
            var second = SERVER.api("PUT", wish[0], wish[1]);
            assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
            assertThat(second.statusCode()).as(second.body()).isEqualTo(200);
            assertThat(second.body()).isEqualTo(first.body());
            assertThat(SERVER.list(wish[2])).isEqualTo(there);
        }
        for (var gone : new String[] {
            "/routes/put.test",
            "/rules/put.test",
            "/policy/rules/test",
            "/tenants/put",
            "/limits/" + ann,
            "/rewrites?domain=here.test&pattern=put-*",
            "/administrators/" + ann + "/help-desk"
        }) {
            assertThat(SERVER.api("DELETE", gone, "").statusCode()).as(gone).isEqualTo(204);
        }
    }

    @Test
    void a_body_that_is_not_what_the_call_takes_is_refused_and_changes_nothing() {
        var ann = SERVER.account("api-bodies");
        var group = "/addresses/groups/bodies@here.test";
        SERVER.api("PUT", group, "{\"members\":[\"" + ann + "\"]}");
        for (var wish : new String[][] {
            {"PUT", group, "{\"member\":[]}", "member"},
            {"PUT", group, "{}", "members"},
            {"PUT", group + "/moderators", "{\"moderator\":[]}", "moderator"},
            {"PUT", "/limits/" + ann, "{\"octet\":1}", "octet"},
            {"PUT", "/tenants/bodies", "{}", "domains"},
            {"PUT", "/tenants/bodies", "null", "JSON"},
            {"PATCH", "/accounts/" + ann, "\"x\"", "JSON"},
            {"POST", "/queue/actions", "{\"action\":\"retry\",\"count\":0,\"filter\":\"\\u0000\"}", "filter"},
            {"POST", "/directories", "{\"name\":\"\\u0000\"}", "name"},
            {"POST", "/accounts/" + ann + "/expiry", "{\"at\":\"+999999999-12-31T23:59:59Z\"}", "at"}
        }) {
            var answer = SERVER.api(wish[0], wish[1], wish[2]);
            assertThat(answer.statusCode()).as(String.join(" ", wish)).isEqualTo(400);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
            assertThat(answer.body()).contains(wish[3]);
        }
        assertThat(SERVER.get(group).getJsonArray("members")).hasSize(1);
        assertThat(SERVER.api("GET", "/state?section=bogus", "").body()).contains("There is no section");
    }

    @Test
    void lists_come_in_parts_and_the_trace_as_a_file() {
        SERVER.run("domain", "add", "paged.test");
        var all = SERVER.list("/domains");
        var parts = SERVER.api("GET", "/domains?limit=1&offset=1", "");
        assertThat(parts.headers().firstValue("X-Total-Count")).hasValue(String.valueOf(all.size()));
        assertThat(parts.body()).isEqualTo("[" + all.get(1) + "]");
        var file = SERVER.api("GET", "/trace/csv?status=delivered", "");
        assertThat(file.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
        assertThat(file.body()).startsWith("\"time\",\"queue id\"");
    }

    @Test
    void another_address_of_an_account_is_put_and_taken_away() {
        var address = SERVER.account("api-alias");
        for (int status : new int[] {201, 200}) {
            var put = SERVER.api("PUT", "/accounts/" + address + "/aliases/api-other@here.test", "");
            assertThat(put.statusCode()).isEqualTo(status);
            assertThat(put.body()).contains("api-other@here.test");
        }
        assertThat(SERVER.api("DELETE", "/accounts/" + address + "/aliases/api-other@here.test", "")
                        .body())
                .doesNotContain("api-other@here.test");
    }

    @Test
    void accounts_of_a_table_are_tried_and_then_added() throws Exception {
        SERVER.run("domain", "add", "table.test");
        var file = directory.resolve("people.csv").toString();
        Files.writeString(Path.of(file), "address;displayName\nann@table.test;Ann\nben@nowhere.test;Ben\n");
        var tried = SERVER.execute("account", "import", file, "--dry-run");
        assertThat(tried.code()).isEqualTo(1);
        assertThat(tried.output()).contains("There is no domain nowhere.test");
        SERVER.execute("account", "import", file);
        assertThat(SERVER.run("account", "list")).doesNotContain("ann@table.test");
        assertThat(SERVER.execute("account", "import", file, "--per-line").output())
                .containsPattern("ann@table.test +added");
        assertThat(SERVER.run("account", "list")).contains("ann@table.test");
    }

    @Test
    void every_error_is_a_problem_in_json() throws Exception {
        for (var wrong : new String[][] {
            {"GET", "/nothing", "404"},
            {"GET", "/accounts/nobody@here.test", "404"},
            {"DELETE", "/accounts", "405"},
            {"GET", "/accounts?limit=many", "400"},
            {"POST", "/accounts", "400"},
            {"GET", "/dmarc-counts?days=many", "404"},
            {"GET", "/queue/1234567890123456789012", "404"}
        }) {
            var answer = SERVER.api(wrong[0], wrong[1], "");
            assertThat(answer.statusCode() + " "
                            + answer.headers().firstValue("Content-Type").orElse(""))
                    .as(wrong[0] + " " + wrong[1])
                    .startsWith(wrong[2] + " application/problem+json");
            assertThat(Mailroom.json(answer.body()).getInt("status")).isEqualTo(answer.statusCode());
        }
        var xml = HTTP.send(
                HttpRequest.newBuilder(URI.create(SERVER.console() + "/api/v1/domains"))
                        .header(
                                "Authorization",
                                "Bearer "
                                        + Files.readString(SERVER.home().resolve("token"))
                                                .strip())
                        .header("Content-Type", "text/xml")
                        .POST(HttpRequest.BodyPublishers.ofString("<domain/>"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(xml.statusCode()).isEqualTo(415);
        assertThat(xml.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }
}
