package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import org.junit.jupiter.api.Test;

/** The commands that operators and scripts rely on. */
class CommandIT {
    private final Mailroom server = Mailroom.server();

    @Test
    void a_second_run_keeps_everything() throws Exception {
        var address = server.account("kept");
        Smtp.deliver(server.port("smtp"), address, "Subject: kept\r\n\r\nx\r\n");
        var before = Mailroom.json(server.run("status", "--json"));
        server.start();
        assertThat(new MailClient(address).count()).isEqualTo(1);
        assertThat(Mailroom.json(server.run("status", "--json")).get("serverPid"))
                .isEqualTo(before.get("serverPid"));
    }

    @Test
    void status_names_ports_and_processes() {
        var status = Mailroom.json(server.run("status", "--json"));
        assertThat(status.getString("state")).isEqualTo("running");
        for (var name : new String[] {"serverPid", "databasePid"}) {
            assertThat(ProcessHandle.of(status.getJsonNumber(name).longValue())).isPresent();
        }
    }

    @Test
    void adding_twice_is_no_error_and_nonsense_is() {
        server.run("domain", "add", "twice.test");
        server.run("domain", "add", "twice.test");
        assertThat(server.execute("account", "add", "x@unknown.test").code()).isNotZero();
        assertThat(server.execute("account", "add", "x@unknown.test").output()).contains("unknown.test");
        assertThat(server.execute("domain", "add", "not a domain").code()).isNotZero();
    }

    @Test
    void an_account_gets_a_password_that_is_shown_once() throws Exception {
        assertThat(server.run("account", "add", "fresh@" + Mailroom.DOMAIN)).containsIgnoringCase("password");
    }

    @Test
    void the_token_is_for_its_owner_only() throws Exception {
        assertThat(Files.getPosixFilePermissions(server.home().resolve("token")))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void strangers_get_nothing_from_the_api_but_readiness() throws Exception {
        var http = java.net.http.HttpClient.newHttpClient();
        for (var path : new String[] {"/accounts", "/domains", "/queue", "/status", "/trace", "/sessions"}) {
            var answer = http.send(
                    java.net.http.HttpRequest.newBuilder(java.net.URI.create(server.console() + "/api/v1" + path))
                            .build(),
                    java.net.http.HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path).isEqualTo(401);
        }
    }
}
