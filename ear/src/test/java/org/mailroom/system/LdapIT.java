package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.mailroom.ldap.SampleCompany;

/** A company of five hundred in Debian's OpenLDAP, whose people nobody here has met. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LdapIT {
    private static Mailroom server;
    private static Slapd slapd;

    @BeforeAll
    static void a_directory() throws Exception {
        boolean there =
                Files.isExecutable(Path.of("/usr/sbin/slapd")) && Files.isExecutable(Path.of("/usr/bin/ldapdelete"));
        if (!there) {
            System.err.println("SKIPPED: slapd and ldap-utils are not installed");
        }
        assumeTrue(there, "slapd is not installed");
        server = Mailroom.server();
        slapd = new Slapd();
        server.run("domain", "add", "corp.test");
        var answer = server.api(
                "POST",
                "/directories",
                "{\"name\":\"corp\",\"domains\":[\"corp.test\"],\"servers\":[\"" + slapd.url()
                        + "\"],\"startTls\":false,\"bind\":\"cn=mailroom,dc=corp,dc=test\",\"password\":\"search-me\","
                        + "\"base\":\"dc=corp,dc=test\",\"syncMinutes\":0,\"lines\":[\"role.auditor=it\"]}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.body()).doesNotContain("search-me").doesNotContain("AES-GCM");
    }

    @AfterAll
    static void stop() throws Exception {
        if (slapd != null) {
            slapd.close();
        }
    }

    private static String deliver(int number) throws IOException {
        return deliver(SampleCompany.address(number));
    }

    /** The reply to RCPT; where that is a yes, the message is delivered. */
    private static String deliver(String address) throws IOException {
        try (var telnet = new Telnet(server.port("smtp"))) {
            telnet.reply();
            telnet.smtp("HELO client.test");
            telnet.smtp("MAIL FROM:<somebody@elsewhere.test>");
            var reply = telnet.smtp("RCPT TO:<" + address + ">");
            if (reply.startsWith("250")) {
                telnet.smtp("DATA");
                assertThat(telnet.smtp("Subject: hello\r\n\r\nhello\r\n.")).startsWith("250");
            }
            return reply;
        }
    }

    private static String imap(int number, String password) throws IOException {
        try (var telnet = new Telnet(server.port("imap"))) {
            telnet.reply();
            return telnet.imap("a", "LOGIN " + SampleCompany.address(number) + " " + password);
        }
    }

    @Test
    @Order(1)
    void it_is_tried_step_by_step() {
        assertThat(server.run("directory", "test", "corp"))
                .contains("resolve: 127.0.0.1", "connect: port", "bind: cn=mailroom", "search: 10 people or more")
                .contains("user1@corp.test \"Úser 1\" logs in as user1@corp.test, also [first1@corp.test]")
                .doesNotContain("FAILS");
    }

    @Test
    @Order(2)
    void mail_is_taken_for_its_people_and_for_nobody_else() throws Exception {
        assertThat(deliver(7)).startsWith("250");
        assertThat(deliver("first8@corp.test")).startsWith("250");
        assertThat(deliver("user9+tag@corp.test")).startsWith("250");
        assertThat(deliver("nobody@corp.test")).startsWith("550 5.1.1");
        assertThat(server.run("account", "list")).contains("user7@corp.test", "user8@corp.test", "user9@corp.test");
    }

    @Test
    @Order(3)
    void they_log_in_with_the_password_that_they_have_there() throws Exception {
        assertThat(imap(7, SampleCompany.password(7))).contains("a OK");
        assertThat(imap(7, SampleCompany.password(8))).contains("a NO [AUTHENTICATIONFAILED]");
        assertThat(imap(100, SampleCompany.password(100))).contains("a OK");
    }

    @Test
    @Order(4)
    void a_password_of_theirs_is_not_changed_here() {
        var answer =
                server.api("POST", "/accounts/user7@corp.test/password", "{\"password\":\"a new one, long enough\"}");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("is in the directory corp");
    }

    @Test
    @Order(5)
    void while_it_is_down_known_people_get_mail_and_nobody_is_turned_away_for_good() throws Exception {
        slapd.stop();
        assertThat(deliver(7)).startsWith("250");
        assertThat(deliver(200)).startsWith("451");
        assertThat(deliver("user201@corp.test")).startsWith("451");
        // Once more with the password that was right a moment ago, and with one that has to be asked for.
        assertThat(imap(7, SampleCompany.password(7))).contains("a OK");
        assertThat(imap(9, SampleCompany.password(9))).contains("a NO [UNAVAILABLE]");
        try (var telnet = new Telnet(server.port("pop3"))) {
            telnet.reply();
            telnet.smtp("USER user9@corp.test");
            assertThat(telnet.smtp("PASS " + SampleCompany.password(9))).startsWith("-ERR [SYS/TEMP]");
        }
        try (var telnet = new Telnet(server.port("submission"))) {
            telnet.reply();
            telnet.smtp("HELO client.test");
            var plain = "\0user9@corp.test\0" + SampleCompany.password(9);
            var response = Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
            assertThat(telnet.smtp("AUTH PLAIN " + response)).startsWith("454 4.7.0");
        }
        slapd.start();
        Eventually.eventually(
                "mail for somebody new is taken again",
                Duration.ofSeconds(40),
                () -> deliver(200).startsWith("250"));
        assertThat(imap(9, SampleCompany.password(9))).contains("a OK");
    }

    @Test
    @Order(6)
    void a_dry_run_tells_and_does_nothing() {
        var told = server.run("directory", "sync", "corp", "--dry-run");
        assertThat(told).contains("new: user300@corp.test").contains("It would be done");
        assertThat(server.run("directory", "list").lines().filter(line -> line.startsWith("corp")))
                .singleElement()
                .asString()
                .doesNotContain("500");
    }

    @Test
    @Order(7)
    void a_comparison_brings_everybody_and_disables_who_is_gone() throws Exception {
        server.run("directory", "sync", "corp");
        assertThat(server.run("directory", "list")).contains("500");
        slapd.delete(SampleCompany.dn(400));
        assertThat(server.run("directory", "sync", "corp")).contains("gone: user400@corp.test", "1 gone");
        assertThat(deliver(400)).startsWith("550 5.2.1");
    }

    @Test
    @Order(8)
    void are_too_many_gone_it_is_not_believed() {
        server.api("POST", "/directories", "{\"name\":\"corp\",\"lines\":[\"person=(uid=user1)\"]}");
        assertThat(server.run("directory", "sync", "corp")).contains("stopped", "nothing is changed");
        assertThat(server.api("GET", "/accounts/user2@corp.test", "").body()).contains("\"enabled\":true");
    }
}
