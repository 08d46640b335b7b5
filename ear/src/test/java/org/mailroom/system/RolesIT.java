package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What each role may do, asked of the running server by its API in the name of people who have them. */
class RolesIT {
    private static final Mailroom SERVER = Mailroom.server();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @BeforeAll
    static void people_with_roles() {
        SERVER.run("domain", "add", "branch.test");
        for (var name : new String[] {"role-dora", "role-hans", "role-olga", "role-user"}) {
            SERVER.account(name);
        }
        SERVER.run("account", "add", "ben@branch.test");
        SERVER.run("admin", "grant", "role-dora@here.test", "domain-administrator", "--domain", "branch.test");
        SERVER.run("admin", "grant", "role-hans@here.test", "help-desk");
        SERVER.run("admin", "grant", "role-olga@here.test", "auditor");
    }

    private static HttpResponse<String> ask(String who, String method, String path, String body) throws Exception {
        var address = who + "@here.test";
        var basic = Base64.getEncoder()
                .encodeToString((address + ":" + Mailroom.password(address)).getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(URI.create(SERVER.console() + "/api/v1" + path))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static int status(String who, String method, String path, String body) throws Exception {
        return ask(who, method, path, body).statusCode();
    }

    @Test
    void a_domain_administrator_administers_his_domain_and_no_other() throws Exception {
        assertThat(ask("role-dora", "GET", "/accounts", "").body())
                .contains("ben@branch.test")
                .doesNotContain("here.test");
        assertThat(status("role-dora", "POST", "/accounts", "{\"address\":\"new@branch.test\"}"))
                .isEqualTo(201);
        assertThat(status("role-dora", "POST", "/accounts", "{\"address\":\"role-x@here.test\"}"))
                .isEqualTo(403);
        assertThat(status("role-dora", "PATCH", "/accounts/ben@branch.test", "{\"displayName\":\"Ben\"}"))
                .isEqualTo(200);
        assertThat(status("role-dora", "PATCH", "/accounts/role-user@here.test", "{\"enabled\":false}"))
                .isBetween(403, 404);
        for (var path : new String[] {"/routes", "/rules", "/sessions", "/status", "/quarantine", "/administrators"}) {
            assertThat(status("role-dora", "GET", path, "")).as(path).isEqualTo(403);
        }
    }

    @Test
    void the_help_desk_traces_and_sets_passwords_and_an_auditor_reads() throws Exception {
        assertThat(status("role-hans", "GET", "/trace", "")).isEqualTo(200);
        assertThat(status("role-hans", "POST", "/accounts/ben@branch.test/password", "{}"))
                .isEqualTo(200);
        assertThat(status("role-hans", "POST", "/accounts/role-olga@here.test/password", "{}"))
                .isEqualTo(403);
        assertThat(status("role-hans", "GET", "/quarantine", "")).isEqualTo(403);
        assertThat(status("role-olga", "GET", "/queue", "")).isEqualTo(200);
        assertThat(status("role-olga", "GET", "/administrators", "")).isEqualTo(200);
        assertThat(status("role-olga", "PATCH", "/accounts/ben@branch.test", "{\"enabled\":false}"))
                .isEqualTo(403);
    }

    @Test
    void who_has_no_role_may_nothing_and_who_is_unknown_is_not_let_in() throws Exception {
        for (var path : new String[] {"/accounts", "/domains", "/queue", "/trace", "/administrators", "/status"}) {
            assertThat(status("role-user", "GET", path, "")).as(path).isEqualTo(403);
            assertThat(status("role-nobody", "GET", path, "")).as(path).isEqualTo(401);
        }
    }

    @Test
    void everybody_sees_what_became_of_his_own_mail_and_of_no_other() throws Exception {
        SERVER.account("role-anna");
        Smtp.deliver(SERVER.port("smtp"), "role-anna@here.test", "Subject: for Anna alone\r\n\r\nx\r\n");
        var mine = Mailroom.json(
                ask("role-anna", "GET", "/self/trace?text=Anna%20alone", "").body());
        assertThat(mine.getInt("total")).isEqualTo(1);
        var found = mine.getJsonArray("rows").getJsonObject(0);
        assertThat(found.getString("status")).isEqualTo("delivered");
        var path = "/self/trace/" + found.getString("queueId");
        assertThat(ask("role-anna", "GET", path, "").body()).contains("\"delivered\"", "for Anna alone");
        assertThat(status("role-user", "GET", path, "")).isEqualTo(404);
        assertThat(ask("role-user", "GET", "/self/trace?text=Anna%20alone", "").body())
                .contains("\"total\":0");
        assertThat(status("role-anna", "GET", "/trace/" + found.getString("queueId"), ""))
                .isEqualTo(403);
        assertThat(status("role-nobody", "GET", "/self/trace", "")).isEqualTo(401);
    }

    @Test
    void a_role_is_listed_and_taken_away() throws Exception {
        SERVER.account("role-lena");
        SERVER.run("admin", "grant", "role-lena@here.test", "auditor");
        assertThat(SERVER.run("admin", "list")).contains("role-lena@here.test", "branch.test");
        assertThat(status("role-lena", "GET", "/domains", "")).isEqualTo(200);
        SERVER.run("admin", "revoke", "role-lena@here.test", "auditor");
        assertThat(status("role-lena", "GET", "/domains", "")).isEqualTo(403);
        assertThat(SERVER.execute("admin", "grant", "role-lena@here.test", "king")
                        .code())
                .isNotZero();
    }
}
