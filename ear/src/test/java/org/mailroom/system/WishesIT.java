package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.system.Eventually.eventually;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.mailroom.system.MailClient.Security;

/** What a sender asks for with MAIL and RCPT is kept until another host has promised it too, or a report says what became of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WishesIT {
    private static final Duration BOUND = Duration.ofSeconds(40);

    private final Mailroom server = Mailroom.server();
    private final List<ForeignHost> hosts = new ArrayList<>();
    private MailClient sender;

    @BeforeAll
    void account() {
        sender = new MailClient(server.account("wendy"));
    }

    @AfterAll
    void close() throws IOException {
        for (var host : hosts) {
            host.close();
        }
    }

    private ForeignHost host(String domain, String... offers) throws IOException {
        var address = "127.0.12." + (hosts.size() + 1);
        server.names().with(domain + " MX 10 mx." + domain + ".").with("mx." + domain + " A " + address);
        var host = new ForeignHost(address, server.exchangerPort()).offering(offers);
        hosts.add(host);
        return host;
    }

    private void submit(String mail, String recipient, String rcpt) throws Exception {
        try (var telnet = new Telnet(server.port("submission"))) {
            telnet.expect("220 ", telnet.reply());
            telnet.expect("250 ", telnet.smtp("EHLO me.test"));
            telnet.expect("235 ", telnet.smtp("AUTH PLAIN " + sender.plain()));
            telnet.expect("250 ", telnet.smtp("MAIL FROM:<wendy@here.test> " + mail));
            telnet.expect("250 ", telnet.smtp("RCPT TO:<" + recipient + "> " + rcpt));
            telnet.expect("354 ", telnet.smtp("DATA"));
            telnet.expect(
                    "250 ", telnet.smtp("From: wendy@here.test\r\nSubject: to " + recipient + "\r\n\r\nhello\r\n."));
        }
    }

    private static String heard(ForeignHost host, String start) {
        return host.heard().stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElse("");
    }

    private void arrivesAt(ForeignHost host) throws Exception {
        eventually("it arrives", BOUND, () -> !host.messages().isEmpty());
    }

    private String report(String words) throws Exception {
        try (var store = sender.imap(Security.NONE);
                var inbox = MailClient.inbox(store)) {
            for (var message : inbox.getMessages()) {
                var text = MailClient.text(message).replaceAll("\\s+", " ");
                if (text.contains(words)) {
                    return text;
                }
            }
        }
        return "";
    }

    @Test
    void host_that_reports_is_told_what_the_sender_wants_to_hear_rfc3461_5() throws Exception {
        var host = host("reports.test", "DSN");
        submit("RET=HDRS ENVID=QQ314159", "x@reports.test", "NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;x@reports.test");
        arrivesAt(host);
        assertThat(heard(host, "MAIL")).contains(" RET=HDRS", " ENVID=QQ314159");
        assertThat(heard(host, "RCPT")).contains(" NOTIFY=SUCCESS,FAILURE", " ORCPT=rfc822;x@reports.test");
        eventually(
                "the trace tells",
                BOUND,
                () -> server.trace("x@reports.test").stream().anyMatch(step -> step.startsWith("relayed")));
        assertThat(report("x@reports.test")).isEmpty();
    }

    @Test
    void where_a_host_does_not_report_we_do_rfc3461_5_2_2() throws Exception {
        var host = host("silent-on-it.test");
        submit("RET=HDRS ENVID=QQ271828", "x@silent-on-it.test", "NOTIFY=SUCCESS");
        arrivesAt(host);
        assertThat(heard(host, "RCPT")).doesNotContain("NOTIFY");
        eventually(
                "the sender is told",
                BOUND,
                () -> !report("x@silent-on-it.test").isEmpty());
        assertThat(report("x@silent-on-it.test"))
                .contains("Original-Envelope-Id: QQ271828", "Action: relayed", "text/rfc822-headers");
    }

    @Test
    void who_wants_to_hear_nothing_hears_nothing_rfc3461_4_1() throws Exception {
        var host = host("refuses.test").at("RCPT", ForeignHost.say("550 5.1.1 no such user"));
        submit("", "x@refuses.test", "NOTIFY=NEVER");
        eventually(
                "it fails",
                BOUND,
                () -> server.trace("x@refuses.test").stream().anyMatch(step -> step.startsWith("failed")));
        assertThat(host.messages()).isEmpty();
        assertThat(report("x@refuses.test")).isEmpty();
    }

    @Test
    void what_is_dated_ahead_leaves_no_sooner_rfc4865() throws Exception {
        var host = host("later.test");
        var begin = Instant.now();
        submit("HOLDFOR=6", "x@later.test", "");
        assertThat(server.api("GET", "/queue?domain=later.test", "").body()).contains("to x@later.test");
        arrivesAt(host);
        assertThat(Duration.between(begin, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void what_is_dated_ahead_for_somebody_here_comes_no_sooner_rfc4865() throws Exception {
        var reader = server.account("later-reader");
        var begin = Instant.now();
        submit("HOLDFOR=6", reader, "");
        assertThat(new MailClient(reader).count()).isZero();
        eventually("it arrives", BOUND, () -> new MailClient(reader).count() == 1);
        assertThat(Duration.between(begin, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void priority_and_deadline_go_on_to_a_host_that_heeds_them_rfc6710_rfc2852() throws Exception {
        var host = host("heeds.test", "MT-PRIORITY MIXER", "DELIVERBY 60");
        submit("MT-PRIORITY=4 BY=3600;R", "x@heeds.test", "");
        arrivesAt(host);
        assertThat(heard(host, "MAIL")).contains(" MT-PRIORITY=4").containsPattern(" BY=3[56]\\d\\d;R");
    }
}
