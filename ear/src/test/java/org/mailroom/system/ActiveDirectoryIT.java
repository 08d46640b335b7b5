package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.TestAuthority;

/** A company of five hundred in an Active Directory, whose people nobody here has met. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ActiveDirectoryIT {
    private static Mailroom server;
    private static ActiveDirectory directory;

    @BeforeAll
    static void a_domain_controller() throws Exception {
        directory = new ActiveDirectory();
        server = Mailroom.server();
        server.run("domain", "add", "ad.test");
        put("ldaps://localhost", directory.authority());
    }

    @AfterAll
    static void stop() throws Exception {
        if (directory != null) {
            directory.close();
        }
    }

    private static void put(String url, TestAuthority trusted) throws IOException {
        var wish = Json.createObjectBuilder()
                .add("name", "ad")
                .add("domains", Json.createArrayBuilder(List.of("ad.test")))
                .add("servers", Json.createArrayBuilder(List.of(url)))
                .add("trust", Files.readString(trusted.certificate()))
                .add("bind", ActiveDirectory.SEARCHER)
                .add("password", ActiveDirectory.SECRET)
                .add("base", ActiveDirectory.BASE)
                .add("preset", "active-directory")
                .add("syncMinutes", 0)
                .add(
                        "lines",
                        Json.createArrayBuilder(List.of(
                                "login-domain=corp.local",
                                "role.auditor=All of IT",
                                "role.domain-administrator@ad.test=CN=Help Desk,OU=Staff," + ActiveDirectory.BASE)))
                .build();
        var answer = server.api("POST", "/directories", wish.toString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    }

    private static String imap(String name, String password) throws IOException {
        try (var telnet = new Telnet(server.port("imap"))) {
            telnet.reply();
            return telnet.imap("a", "LOGIN " + name + " " + password);
        }
    }

    private static String recipient(String address) throws IOException {
        try (var telnet = new Telnet(server.port("smtp"))) {
            telnet.reply();
            telnet.smtp("HELO client.test");
            telnet.smtp("MAIL FROM:<somebody@elsewhere.test>");
            return telnet.smtp("RCPT TO:<" + address + ">");
        }
    }

    private static List<String> roles(int number) {
        return server.list("/administrators").getValuesAs(JsonObject.class).stream()
                .filter(one -> one.getString("address").equals(ActiveDirectory.address(number)))
                .map(one -> one.getString("role") + " " + one.getString("domain"))
                .toList();
    }

    @Test
    @Order(1)
    void it_is_tried_step_by_step_under_tls() {
        assertThat(server.run("directory", "test", "ad"))
                .contains("tls: TLSv1.", "CN=server", "CN=authority", "bind: Administrator", "groups:")
                .contains("search: 10 people or more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ldaps://127.0.0.1", "ldap://127.0.0.1"})
    @Order(2)
    void under_another_name_it_hears_no_password(String url) throws Exception {
        put(url, directory.authority());
        assertThat(server.run("directory", "test", "ad"))
                .contains("FAILS", "tls")
                .doesNotContain("bind:");
        assertThat(imap(ActiveDirectory.address(20), ActiveDirectory.password(20)))
                .contains("a NO [UNAVAILABLE]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ldaps://localhost", "ldap://localhost"})
    @Order(3)
    void of_another_authority_it_hears_no_password(String url) throws Exception {
        put(url, new TestAuthority());
        assertThat(server.run("directory", "test", "ad"))
                .contains("FAILS", "tls")
                .doesNotContain("bind:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ldap://localhost", "ldaps://localhost"})
    @Order(4)
    void people_log_in_by_every_name_that_they_have(String url) throws Exception {
        put(url, directory.authority());
        var number = url.startsWith("ldaps") ? 21 : 22;
        for (var name :
                List.of("user" + number + "@ad.test", "upn" + number + "@corp.local", "first." + number + "@ad.test")) {
            assertThat(imap(name, ActiveDirectory.password(number))).as(name).contains("a OK");
            assertThat(imap(name, "Geheim-wrong")).as(name).contains("a NO [AUTHENTICATIONFAILED]");
        }
        assertThat(server.run("account", "list"))
                .contains(ActiveDirectory.address(number))
                .doesNotContain("upn" + number, "user" + number + "@");
    }

    @Test
    @Order(5)
    void mail_is_taken_for_all_their_addresses() throws Exception {
        assertThat(recipient("first.30@ad.test")).startsWith("250");
        assertThat(recipient("also31@ad.test")).startsWith("250");
        assertThat(recipient("nobody@ad.test")).startsWith("550 5.1.1");
    }

    @Test
    @Order(6)
    void who_is_disabled_or_expired_there_gets_in_nowhere() throws Exception {
        for (int number : new int[] {10, 11}) {
            assertThat(imap(ActiveDirectory.address(number), ActiveDirectory.password(number)))
                    .contains("a NO [AUTHENTICATIONFAILED]");
            assertThat(recipient(ActiveDirectory.address(number))).startsWith("550 5.2.1");
        }
        assertThat(imap(ActiveDirectory.address(12), ActiveDirectory.password(12)))
                .contains("a OK");
    }

    @Test
    @Order(7)
    void groups_in_groups_give_roles_also_for_one_domain() throws Exception {
        for (int number : new int[] {1, 3, 4}) {
            assertThat(imap(ActiveDirectory.address(number), ActiveDirectory.password(number)))
                    .contains("a OK");
        }
        assertThat(roles(1)).containsExactlyInAnyOrder("auditor ", "domain-administrator ad.test");
        assertThat(roles(3)).containsExactly("auditor ");
        assertThat(roles(4)).isEmpty();
        // An auditor reads what somebody without a role does not.
        assertThat(status(3, "/queue")).isEqualTo(200);
        assertThat(status(4, "/queue")).isEqualTo(403);
    }

    private static int status(int number, String path) throws IOException, InterruptedException {
        var login = ActiveDirectory.address(number) + ":" + ActiveDirectory.password(number);
        var request = HttpRequest.newBuilder(URI.create(server.console() + "/api/v1" + path))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** RFC 4752; the server asks nobody, and needs to know nothing of the realm but its keys. */
    @Test
    @Order(8)
    void a_ticket_logs_in_everywhere(@TempDir Path folder) throws Exception {
        var client = new KerberosClient(folder);
        var begun = client.login("user40@" + ActiveDirectory.REALM, ActiveDirectory.password(40));
        assertThat(begun.code()).as(begun.output()).isZero();
        assertThat(mechanisms()).doesNotContain("GSSAPI");
        directory.service(server.keytab(), "imap/localhost", "smtp/localhost", "pop/localhost");
        try {
            assertThat(mechanisms()).contains("AUTH=GSSAPI");
            var his = ActiveDirectory.address(40);
            var message = Files.writeString(
                    folder.resolve("message"), "From: " + his + "\r\nSubject: by a ticket\r\n\r\nhi\r\n");
            var sent = client.curl(
                    "smtps://localhost:" + server.port("submissions") + "/",
                    "",
                    "--mail-from",
                    his,
                    "--mail-rcpt",
                    his,
                    "-T",
                    message);
            assertThat(sent.code()).as(sent.output()).isZero();
            for (var name : List.of("", "user40@corp.local", his)) {
                assertThat(client.curl("imaps://localhost:" + server.port("imaps") + "/", name)
                                .output())
                        .as(name)
                        .contains("INBOX");
            }
            Eventually.eventually(
                    "it is there",
                    Duration.ofSeconds(30),
                    () -> client.curl("pop3s://localhost:" + server.port("pop3s") + "/", "")
                            .output()
                            .startsWith("1 "));
            assertThat(client.curl("imaps://localhost:" + server.port("imaps") + "/", ActiveDirectory.address(41))
                            .code())
                    .as("of somebody else")
                    .isNotZero();
        } finally {
            Files.deleteIfExists(server.keytab());
        }
    }

    private static String mechanisms() throws IOException {
        try (var telnet = new Telnet(server.port("imap"))) {
            telnet.reply();
            return telnet.imap("a", "CAPABILITY");
        }
    }

    @Test
    @Order(9)
    void a_comparison_brings_those_whom_nobody_has_met() throws Exception {
        assertThat(server.run("directory", "sync", "ad")).contains("new: first.400@ad.test");
    }
}
