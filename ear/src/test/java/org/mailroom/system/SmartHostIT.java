package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.system.Eventually.eventually;

import jakarta.json.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.mailroom.system.MailClient.Security;

/** Hosts of others that take our mail from one who logs in (RFC 4954), and whom an operator trusts only under TLS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmartHostIT {
    private static final Duration BOUND = Duration.ofSeconds(40);

    private final Mailroom server = Mailroom.server();
    private final List<ForeignHost> hosts = new ArrayList<>();
    private SSLContext right;
    private MailClient sender;

    @BeforeAll
    void prepare() throws Exception {
        right = server.authority().card("dns:smart.test").context();
        server.names().with("smart.test A 127.0.10.1").with("other.test A 127.0.10.2");
        sender = new MailClient(server.account("sylvia"));
    }

    @AfterAll
    void close() throws IOException {
        for (var host : hosts) {
            host.close();
        }
    }

    private ForeignHost host(String address) throws IOException {
        var host = new ForeignHost(address, 0).demandingLogin("sylvia", "open sesame");
        hosts.add(host);
        return host;
    }

    private void route(String domain, String target, String tls, String password) {
        var answer = wish(domain, target, tls, password);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    }

    private HttpResponse<String> wish(String domain, String target, String tls, String password) {
        var route = Json.createObjectBuilder()
                .add("target", target)
                .add("tls", tls)
                .add("login", "sylvia")
                .add("password", password)
                .build();
        return server.api("PUT", "/routes/" + domain, route.toString());
    }

    private void submit(String to) throws Exception {
        sender.submit(Security.STARTTLS, to, "From: sylvia@here.test\r\nSubject: out\r\n\r\nby a smart host\r\n");
    }

    private void eventuallyTraced(String recipient, String... words) throws Exception {
        eventually(
                "the trace of " + recipient + " has " + List.of(words),
                BOUND,
                () -> server.trace(recipient).stream()
                        .anyMatch(step -> Stream.of(words).allMatch(step::contains)));
    }

    @Test
    void mail_goes_to_it_after_a_login_under_tls_with_a_certificate_that_its_authority_gave() throws Exception {
        var host = host("127.0.10.1").secured(right);
        route("smarthosted.test", "smtp://smart.test:" + host.port(), "verify", "open sesame");
        submit("x@smarthosted.test");
        eventuallyTraced("x@smarthosted.test", "relayed", "certificate=verified");
        assertThat(host.messages()).singleElement().asString().contains("by a smart host");
        var heard = host.heard().stream().map(line -> line.split(" ")[0]).toList();
        assertThat(heard).containsSubsequence("EHLO", "STARTTLS", "EHLO", "AUTH", "MAIL");
    }

    /** It is our configuration that is wrong, so nobody's mail comes back for it. */
    @Test
    void wrong_password_keeps_mail_waiting_with_the_reason_until_it_is_set_right() throws Exception {
        var host = host("127.0.10.3").secured(right);
        route("mistyped.test", "smtp://127.0.10.3:" + host.port(), "may", "open barley");
        submit("x@mistyped.test");
        eventuallyTraced("x@mistyped.test", "deferred", "4.7.8", "The login of sylvia was refused", "wrong password");
        assertThat(host.messages()).isEmpty();
        assertThat(host.heard()).noneMatch(line -> line.startsWith("MAIL"));
        assertThat(server.api("GET", "/queue?filter=x@mistyped.test", "").body())
                .contains("wrong password");
        route("mistyped.test", "smtp://127.0.10.3:" + host.port(), "may", "open sesame");
        eventuallyTraced("x@mistyped.test", "relayed");
        assertThat(server.run("route", "list")).contains("mistyped.test").doesNotContain("open sesame");
    }

    /** Whatever it offers there: who listens would have the password. */
    @Test
    void password_is_not_told_without_tls() throws Exception {
        var host = host("127.0.10.4");
        var target = "smtp://127.0.10.4:" + host.port();
        assertThat(wish("listened-to.test", target, "none", "open sesame").statusCode())
                .isEqualTo(422);
        route("listened-to.test", target, "may", "open sesame");
        submit("x@listened-to.test");
        eventuallyTraced("x@listened-to.test", "deferred", "4.7.4", "offers no STARTTLS");
        assertThat(host.heard()).noneMatch(line -> line.startsWith("AUTH"));
    }

    @Test
    void password_is_not_told_to_one_with_a_certificate_for_another_name() throws Exception {
        var host = host("127.0.10.2").secured(right);
        route("impersonated.test", "smtp://other.test:" + host.port(), "verify", "open sesame");
        submit("x@impersonated.test");
        eventuallyTraced("x@impersonated.test", "deferred", "4.7.5", "certificate name mismatch");
        assertThat(host.heard()).noneMatch(line -> line.startsWith("AUTH"));
    }

    /** Whose mail it is decides, before where it goes. */
    @Test
    void mail_of_one_sender_goes_by_it_and_that_of_others_does_not() throws Exception {
        var host = host("127.0.10.5").secured(right);
        var direct = new ForeignHost("127.0.10.6", server.exchangerPort());
        hosts.add(direct);
        server.names().with("both.test MX 10 mx.both.test.").with("mx.both.test A 127.0.10.6");
        var route = Json.createObjectBuilder()
                .add("target", "smtp://127.0.10.5:" + host.port())
                .add("login", "sylvia")
                .add("password", "open sesame")
                .build();
        assertThat(server.api("PUT", "/routes/both.test?sender=sylvia@here.test", route.toString())
                        .statusCode())
                .isBetween(200, 201);
        submit("x@both.test");
        eventually("hers goes by it", BOUND, () -> host.messages().size() == 1);
        var other = server.account("silas");
        new MailClient(other)
                .submit(Security.STARTTLS, "x@both.test", "From: " + other + "\r\nSubject: direct\r\n\r\nhi\r\n");
        eventually("his does not", BOUND, () -> direct.messages().size() == 1);
        assertThat(host.messages()).hasSize(1);
    }

    /** RFC 8314 §3.3. */
    @Test
    void one_that_speaks_tls_from_the_start_is_logged_in_at_too() throws Exception {
        var host = host("127.0.10.1").secured(right).fromTheStart();
        route("from-the-start.test", "smtps://smart.test:" + host.port(), "verify", "open sesame");
        submit("x@from-the-start.test");
        eventuallyTraced("x@from-the-start.test", "relayed", "certificate=verified");
        assertThat(host.heard()).doesNotContain("STARTTLS").anyMatch(line -> line.startsWith("AUTH PLAIN "));
    }
}
