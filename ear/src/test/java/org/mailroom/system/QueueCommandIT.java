package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.system.Eventually.eventually;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.mailroom.system.MailClient.Security;

/** {@code ./mailroom queue …}: what operators do with mail that waits, what comes of it, and where it is written down. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueueCommandIT {
    private static final Duration BOUND = Duration.ofSeconds(40);

    private final Mailroom server = Mailroom.server();
    private final List<ForeignHost> hosts = new ArrayList<>();
    private MailClient sender;

    @BeforeAll
    void account() {
        sender = new MailClient(server.account("quentin"));
    }

    @AfterAll
    void close() throws IOException {
        for (var host : hosts) {
            host.close();
        }
    }

    /** A domain with a host that takes mail. */
    private ForeignHost host(String domain, int number) throws IOException {
        server.names().with(domain + " MX 10 mx." + domain + ".").with("mx." + domain + " A 127.0.11." + number);
        var host = new ForeignHost("127.0.11." + number, server.exchangerPort());
        hosts.add(host);
        return host;
    }

    /** A domain with a host that is down. */
    private void dead(String domain) {
        server.names().with(domain + " MX 10 mx." + domain + ".").with("mx." + domain + " A 127.0.11.250");
    }

    /** Mail for a domain that is paused, so that nobody tries it meanwhile. */
    private void waiting(String domain, int messages) throws Exception {
        assertThat(server.run("queue", "pause", domain)).contains(domain + " is paused");
        for (int i = 0; i < messages; i++) {
            submit(domain, i);
        }
        eventually("all wait", BOUND, () -> entries(domain, "waiting").size() == messages);
    }

    private void submit(String domain, int number) throws Exception {
        sender.submit(
                Security.STARTTLS,
                "x@" + domain,
                "From: quentin@here.test\r\nSubject: " + number + " to " + domain + "\r\n\r\nhello\r\n");
    }

    /** Held by the operator, and the domain no longer paused. */
    private String held(String domain, int messages) throws Exception {
        waiting(domain, messages);
        assertThat(server.run("queue", "hold", "--domain", domain, "--yes")).contains(messages + " messages are held");
        server.run("queue", "resume", domain);
        return id(domain);
    }

    private List<JsonObject> entries(String domain, String state) {
        return server.get("/queue?domain=" + domain + "&state=" + state)
                .getJsonArray("rows")
                .getValuesAs(JsonObject.class);
    }

    private String id(String domain) {
        return String.valueOf(entries(domain, "").getFirst().getInt("id"));
    }

    private void audited(String domain, String... actions) {
        assertThat(server.api("GET", "/audit?filter=" + domain, "").body()).contains(actions);
    }

    @Test
    void entries_are_listed_filtered_and_looked_into() throws Exception {
        dead("looked.test");
        waiting("looked.test", 2);
        assertThat(server.run("queue", "list", "--domain", "looked.test"))
                .contains("quentin@here.test", "0 to looked.test", "1 to looked.test");
        assertThat(server.run("queue", "list", "--domain", "looked.test", "--older-than", "1h"))
                .doesNotContain("to looked.test");
        assertThat(server.run("queue", "list", "--recipient", "x@looked", "--sender", "quentin", "--state", "waiting"))
                .contains("0 to looked.test");
        assertThat(server.run("queue", "show", id("looked.test"), "--message"))
                .contains("x@looked.test", "waiting", "Subject: ", "hello");
        audited("id=" + id("looked.test"), "queue.read");
        assertThat(server.run("queue", "destinations").lines().filter(line -> line.startsWith("looked.test")))
                .singleElement()
                .asString()
                .containsPattern("looked\\.test +2 ");
        server.run("queue", "delete", "--domain", "looked.test", "--yes");
        server.run("queue", "resume", "looked.test");
    }

    @Test
    void what_is_held_stays_until_it_is_released_one_or_all() throws Exception {
        var host = host("held.test", 1);
        var id = held("held.test", 3);
        submit("held.test", 4);
        eventually("what nobody holds leaves", BOUND, () -> host.messages().size() == 1);
        assertThat(entries("held.test", "held")).hasSize(3);
        assertThat(server.run("queue", "release", id)).contains("1 messages are released");
        eventually("one is let go", BOUND, () -> host.messages().size() == 2);
        assertThat(entries("held.test", "held")).hasSize(2);
        server.run("queue", "release", "--domain", "held.test", "--yes");
        eventually("all are let go", BOUND, () -> host.messages().size() == 4);
        audited("held.test", "destination.pause", "queue.hold", "destination.resume", "queue.release");
    }

    @Test
    void nothing_happens_to_many_without_a_yes() throws Exception {
        dead("asked.test");
        waiting("asked.test", 2);
        var answer = server.execute("queue", "delete", "--domain", "asked.test");
        assertThat(answer.output()).contains("This concerns 2 messages", "nothing was done");
        assertThat(answer.code()).isNotZero();
        assertThat(server.execute("queue", "delete").code()).isNotZero();
        assertThat(entries("asked.test", "waiting")).hasSize(2);
        server.run("queue", "delete", "--domain", "asked.test", "--yes");
        server.run("queue", "resume", "asked.test");
    }

    @Test
    void what_is_rerouted_arrives_elsewhere_though_its_own_host_is_down() throws Exception {
        dead("astray.test");
        var id = held("astray.test", 1);
        var elsewhere = host("elsewhere-in.test", 2);
        var to = "smtp://" + elsewhere.address() + ":" + elsewhere.port();
        assertThat(server.run("queue", "reroute", "--to", to, id)).contains("1 messages are rerouted");
        eventually("it is there", BOUND, () -> elsewhere.messages().size() == 1);
        assertThat(elsewhere.heard()).anyMatch(line -> line.startsWith("RCPT TO:<x@astray.test>"));
        assertThat(server.trace("x@astray.test")).anyMatch(step -> step.contains("leaves by " + to));
    }

    @Test
    void what_is_bounced_returns_to_its_sender_and_what_is_deleted_does_not() throws Exception {
        dead("given-up.test");
        held("given-up.test", 2);
        assertThat(server.run("queue", "bounce", id("given-up.test"))).contains("1 messages are returned");
        eventually("it is returned", BOUND, () -> sender.count() == 1);
        assertThat(server.run("queue", "delete", id("given-up.test"))).contains("1 messages are deleted");
        assertThat(entries("given-up.test", "")).isEmpty();
        try (var store = sender.imap(Security.NONE);
                var inbox = MailClient.inbox(store)) {
            assertThat(inbox.getMessageCount()).isEqualTo(1);
            assertThat(MailClient.text(inbox.getMessage(1)))
                    .contains("Subject: Not delivered: ", "x@given-up.test", "Action: failed");
        }
        assertThat(server.get("/trace?recipient=x@given-up.test")
                        .getJsonArray("rows")
                        .getValuesAs(JsonObject.class))
                .extracting(row -> server.api("GET", "/trace/" + row.getString("queueId"), "")
                        .body())
                .anyMatch(steps -> steps.contains("deleted from the queue"));
    }

    @Test
    void what_waits_is_tried_at_once_when_asked_for() throws Exception {
        server.names().with("back.test MX 10 mx.back.test.").with("mx.back.test A 127.0.11.3");
        server.run("rule", "add", "back.test", "--first-retry", "PT1H");
        submit("back.test", 0);
        eventually(
                "its host is down",
                BOUND,
                () -> entries("back.test", "waiting").toString().contains("4.4.1"));
        var host = host("back-again.test", 3);
        assertThat(server.run("queue", "retry", id("back.test"))).contains("1 messages are tried again");
        eventually("it arrives", BOUND, () -> host.messages().size() == 1);
        server.run("route", "add", "asked-for.test", "smtp://127.0.11.3:" + host.port(), "--hold", "etrn");
        submit("asked-for.test", 0);
        eventually(
                "its route holds it",
                BOUND,
                () -> entries("asked-for.test", "held").size() == 1);
        assertThat(server.run("queue", "flush", "asked-for.test")).contains("1 messages are tried now");
        eventually("it arrives too", BOUND, () -> host.messages().size() == 2);
        audited("back.test", "rule.put");
        audited("asked-for.test", "destination.flush");
    }
}
