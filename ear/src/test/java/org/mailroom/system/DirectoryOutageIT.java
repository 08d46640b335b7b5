package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.mailroom.TestAuthority;
import org.mailroom.ldap.SampleCompany;

/** Debian's OpenLDAP under TLS, and gone, back and hanging while mail comes in. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DirectoryOutageIT {
    private static final String DOMAIN = "outage.test";

    private static Mailroom server;
    private static Slapd slapd;

    @BeforeAll
    static void a_directory() throws Exception {
        DebianPackage.program("/usr/sbin/slapd", "slapd", "ldap-utils");
        server = Mailroom.server();
        slapd = new Slapd(DOMAIN);
        server.run("domain", "add", DOMAIN);
        put(slapd.tlsUrl(), slapd.authority());
    }

    @AfterAll
    static void stop() throws Exception {
        if (slapd != null) {
            server.api("DELETE", "/directories/outage", "");
            slapd.close();
        }
    }

    private static void put(String url, TestAuthority trusted) throws IOException {
        var answer = server.api(
                "POST",
                "/directories",
                Json.createObjectBuilder()
                        .add("name", "outage")
                        .add("domains", Json.createArrayBuilder(List.of(DOMAIN)))
                        .add("servers", Json.createArrayBuilder(List.of(url)))
                        .add("trust", Files.readString(trusted.certificate()))
                        .add("bind", "cn=mailroom,dc=corp,dc=test")
                        .add("password", "search-me")
                        .add("base", SampleCompany.BASE)
                        .add("syncMinutes", 0)
                        .build()
                        .toString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    }

    private static String address(int number) {
        return "user" + number + "@" + DOMAIN;
    }

    private static String deliver(String address) throws IOException {
        try (var telnet = new Telnet(server.port("smtp"))) {
            telnet.reply();
            telnet.smtp("HELO client.test");
            telnet.smtp("MAIL FROM:<somebody@elsewhere.test>");
            var reply = telnet.smtp("RCPT TO:<" + address + ">");
            if (reply.startsWith("250")) {
                telnet.smtp("DATA");
                reply = telnet.smtp("Subject: hello\r\n\r\nhello\r\n.");
            }
            return reply;
        }
    }

    private static String imap(String command) throws IOException {
        try (var telnet = new Telnet(server.port("imap"))) {
            telnet.reply();
            return telnet.imap("a", command);
        }
    }

    private static String login(int number) throws IOException {
        return imap("LOGIN " + address(number) + " " + SampleCompany.password(number));
    }

    @Test
    @Order(1)
    void it_is_believed_under_tls_by_its_authority_and_its_name() throws Exception {
        for (var url : List.of(slapd.startTlsUrl(), slapd.tlsUrl())) {
            put(url, new TestAuthority());
            assertThat(server.run("directory", "test", "outage"))
                    .as(url)
                    .contains("FAILS")
                    .doesNotContain("bind:");
            put(url.replace("localhost", "127.0.0.1"), slapd.authority());
            assertThat(server.run("directory", "test", "outage"))
                    .as(url)
                    .contains("FAILS")
                    .doesNotContain("bind:");
            put(url, slapd.authority());
            assertThat(server.run("directory", "test", "outage"))
                    .as(url)
                    .contains("tls: TLSv1.3", "CN=server", "user1@" + DOMAIN)
                    .doesNotContain("FAILS");
            assertThat(login(url.startsWith("ldaps") ? 1 : 2)).contains("a OK");
        }
    }

    @Test
    @Order(2)
    void its_people_are_told_that_there_is_no_scram_for_them() throws Exception {
        // n,,n=user1@outage.test,r=abc and n,,n=nobody@outage.test,r=abc
        for (var name : List.of(address(1), "nobody@" + DOMAIN)) {
            var first =
                    Base64.getEncoder().encodeToString(("n,,n=" + name + ",r=abc").getBytes(StandardCharsets.US_ASCII));
            assertThat(imap("AUTHENTICATE SCRAM-SHA-256 " + first))
                    .contains("a NO [CANNOT] The passwords of this domain are kept elsewhere");
        }
    }

    /** Known people get all of their mail, and nobody is turned away for good, whatever the directory does. */
    @Test
    @Order(3)
    void stopped_and_started_under_traffic_nothing_is_refused_for_good() throws Exception {
        for (int number = 10; number < 20; number++) {
            assertThat(deliver(address(number))).startsWith("250");
        }
        var known = new ConcurrentLinkedQueue<String>();
        var fresh = new ConcurrentLinkedQueue<String>();
        var over = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var one = threads.submit(() -> send(over, known, 10, 10));
            var two = threads.submit(() -> send(over, fresh, 200, 100));
            for (int times = 0; times < 2; times++) {
                int before = known.size();
                slapd.stop();
                Eventually.eventually(
                        "mail comes in while it is down", Duration.ofSeconds(30), () -> known.size() > before + 20);
                slapd.start();
                int since = fresh.size();
                Eventually.eventually("and when it is back", Duration.ofSeconds(30), () -> fresh.size() > since + 5);
            }
            over.set(true);
            one.get();
            two.get();
        }
        assertThat(known).allMatch(reply -> reply.startsWith("250"));
        assertThat(fresh).allMatch(reply -> reply.startsWith("250") || reply.startsWith("451"));
        Eventually.eventually(
                "newcomers are known again",
                Duration.ofSeconds(40),
                () -> deliver(address(450)).startsWith("250"));
    }

    private static Void send(AtomicBoolean over, Queue<String> replies, int first, int people) throws IOException {
        for (int i = 0; !over.get(); i++) {
            replies.add(deliver(address(first + i % people)));
        }
        return null;
    }

    @Test
    @Order(4)
    void while_it_hangs_others_and_known_people_do_not_notice() throws Exception {
        var neighbour = server.account("hang-neighbour");
        slapd.hang();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = threads.submit(() -> deliver(address(460)));
            var denied = threads.submit(() -> login(461));
            assertThat(deliver(neighbour)).startsWith("250");
            assertThat(deliver(address(10))).startsWith("250");
            assertThat(imap("LOGIN " + neighbour + " " + Mailroom.password(neighbour)))
                    .contains("a OK");
            assertThat(waiting.get()).startsWith("451");
            assertThat(denied.get()).contains("a NO [UNAVAILABLE]");
        } finally {
            slapd.goOn();
        }
        Eventually.eventually(
                "newcomers are known again",
                Duration.ofSeconds(40),
                () -> deliver(address(460)).startsWith("250"));
    }
}
