package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.system.Eventually.eventually;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.system.MailClient.Security;

/** Forwards, aliases and groups that lead out of the house, and back into it. */
class SendingOnIT {
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final String TEXT = "From: s@there.test\r\nTo: you\r\nSubject: on\r\n\r\non\r\n";

    private final Mailroom server = Mailroom.server();
    private ForeignHost elsewhere;

    @BeforeEach
    void open() throws Exception {
        elsewhere = new ForeignHost("127.0.8.1", server.exchangerPort());
        for (var domain : new String[] {"outside.test", "there.test"}) {
            server.names()
                    .without(domain)
                    .with(domain + " MX 10 mx.outside.test.")
                    .without("mx.outside.test")
                    .with("mx.outside.test A 127.0.8.1");
        }
    }

    @AfterEach
    void close() throws Exception {
        elsewhere.close();
    }

    private void deliver(String to, String message) throws Exception {
        Smtp.deliver(server.port("smtp"), to, message);
    }

    private String heard(String start) {
        return elsewhere.heard().stream()
                .filter(line -> line.startsWith(start))
                .reduce((one, other) -> other)
                .orElse("");
    }

    @Test
    void forward_goes_out_in_our_name_a_copy_stays_and_what_comes_back_ends_here() throws Exception {
        var fred = new MailClient(server.account("fred"));
        server.run("forward", "add", "fred@here.test", "fred@outside.test");
        deliver("fred@here.test", TEXT);
        eventually("it is forwarded", BOUND, () -> elsewhere.messages().size() == 1);
        assertThat(fred.count()).isEqualTo(1);
        assertThat(heard("RCPT TO")).startsWith("RCPT TO:<fred@outside.test>");
        assertThat(heard("MAIL FROM")).matches("MAIL FROM:<SRS0=[^>]*=there.test=stranger@here.test>.*");
        assertThat(elsewhere.messages().getFirst()).contains("Delivered-To: fred@here.test");

        deliver("fred@here.test", elsewhere.messages().getFirst());
        eventually("it stays", BOUND, () -> fred.count() == 2);
        assertThat(server.get("/queue").getJsonArray("rows").toString()).doesNotContain("fred@outside.test");
        assertThat(elsewhere.messages()).hasSize(1);
    }

    /** The report finds its way back through the address that we made. */
    @Test
    void refused_forward_is_reported_to_the_author() throws Exception {
        server.account("ferdinand");
        server.run("forward", "add", "ferdinand@here.test", "gone@outside.test", "--no-copy");
        elsewhere.at("RCPT", ForeignHost.say("550 5.1.1 no such user"));
        deliver("ferdinand@here.test", TEXT);
        eventually("the author hears of it", BOUND, () -> elsewhere.messages().size() == 1);
        assertThat(elsewhere.messages().getFirst())
                .contains("Subject: Not delivered: on")
                .contains("550 5.1.1 no such user")
                .contains("What you can do:");
        assertThat(heard("MAIL FROM")).startsWith("MAIL FROM:<>");
        assertThat(heard("RCPT TO")).startsWith("RCPT TO:<stranger@there.test>");
    }

    @Test
    void alias_reaches_people_here_and_elsewhere() throws Exception {
        var ann = new MailClient(server.account("ann"));
        server.run("alias", "add", "sales@here.test", "ann@here.test", "ben@outside.test");
        deliver("sales@here.test", TEXT);
        eventually("it goes out", BOUND, () -> elsewhere.messages().size() == 1);
        assertThat(heard("RCPT TO")).startsWith("RCPT TO:<ben@outside.test>");
        assertThat(ann.count()).isEqualTo(1);
    }

    @Test
    void group_sends_to_each_member_once_and_not_again_what_it_sent() throws Exception {
        var cleo = new MailClient(server.account("cleo"));
        server.run(
                "group",
                "add",
                "club@here.test",
                "cleo@here.test",
                "dan@outside.test",
                "--senders",
                "anybody",
                "--owner",
                "cleo@here.test");
        deliver("club@here.test", TEXT);
        eventually("it goes out", BOUND, () -> elsewhere.messages().size() == 1);
        assertThat(elsewhere.messages().getFirst())
                .contains("List-Id: <club.here.test>")
                .contains("Precedence: list");
        assertThat(heard("MAIL FROM")).doesNotContain("stranger").contains("@here.test>");
        assertThat(cleo.count()).isEqualTo(1);

        try (var telnet = new Telnet(server.port("smtp"))) {
            telnet.expect("220 ", telnet.reply());
            telnet.expect("250 ", telnet.smtp("EHLO there.test"));
            telnet.expect("250 ", telnet.smtp("MAIL FROM:<stranger@there.test>"));
            telnet.expect("250 ", telnet.smtp("RCPT TO:<club@here.test>"));
            telnet.expect("354 ", telnet.smtp("DATA"));
            telnet.raw(elsewhere.messages().getFirst());
            telnet.expect("5", telnet.smtp("."));
        }
        assertThat(cleo.count()).isEqualTo(1);
    }

    @Test
    void two_who_forward_to_each_other_keep_one_copy() throws Exception {
        var tick = new MailClient(server.account("tick"));
        var tock = new MailClient(server.account("tock"));
        server.run("forward", "add", "tick@here.test", "tock@here.test", "--no-copy");
        server.run("forward", "add", "tock@here.test", "tick@here.test", "--no-copy");
        tick.submit(Security.STARTTLS, "tock@here.test", "From: tick@here.test\r\nSubject: round\r\n\r\nx\r\n");
        eventually("it stays somewhere", BOUND, () -> tick.count() + tock.count() == 1);
    }
}
