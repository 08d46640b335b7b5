package org.mailroom.system;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.system.Eventually.eventually;
import static org.mailroom.system.ForeignHost.DOT;
import static org.mailroom.system.ForeignHost.GREETING;
import static org.mailroom.system.ForeignHost.hangUp;
import static org.mailroom.system.ForeignHost.say;
import static org.mailroom.system.ForeignHost.stall;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailroom.system.MailClient.Security;

/**
 * Hosts that misbehave at every step, and names that lead astray: for each what became of the message, what the trace tells, and
 * whether its sender was told. All are sent at once, for most of them wait.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MisbehavingHostsIT {
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final String[] STEPS = {GREETING, "EHLO", "MAIL", "RCPT", "DATA", DOT};

    private final Mailroom server = Mailroom.server();
    private final List<ForeignHost> hosts = new ArrayList<>();
    private final List<Case> cases = new ArrayList<>();
    private MailClient sender;
    private SelfSigned certificate;
    private int addresses;

    /**
     * One message.
     *
     * @param trace steps, in their order, each with words that it must have
     * @param told what the bounce says; empty where none is due
     */
    private record Case(String domain, List<String> trace, String told) {
        @Override
        public String toString() {
            return domain.replace(".test", "") + " → " + trace.stream().collect(joining(", "));
        }
    }

    @BeforeAll
    void sendAll(@TempDir Path directory) throws Exception {
        sender = new MailClient(server.account("patience"));
        certificate = SelfSigned.in(directory);
        refusing();
        puttingOff();
        hangingUp();
        stalling();
        securing();
        naming();
        for (var each : cases) {
            sender.submit(Security.STARTTLS, "x@" + each.domain(), message(each.domain()));
        }
    }

    @AfterAll
    void close() throws IOException {
        for (var host : hosts) {
            host.close();
        }
    }

    private static String message(String about) {
        return "From: patience@here.test\r\nSubject: to " + about + "\r\n\r\nhello\r\n";
    }

    /** A host on an address of its own, all of them at the one port that mail exchangers have here. */
    private ForeignHost host(String name) throws IOException {
        var address = "127.0.7." + ++addresses;
        server.names().with(name + " A " + address);
        var host = new ForeignHost(address, server.exchangerPort());
        hosts.add(host);
        return host;
    }

    /** A domain with one host. */
    private ForeignHost domain(String domain) throws IOException {
        server.names().with(domain + " MX 10 mx." + domain + ".");
        return host("mx." + domain);
    }

    private void expect(String domain, String told, String... trace) {
        cases.add(new Case(domain, List.of(trace), told));
    }

    private static String name(String step) {
        return switch (step) {
            case GREETING -> "greeting";
            case DOT -> "dot";
            default -> step.toLowerCase(java.util.Locale.ROOT);
        };
    }

    private void refusing() throws IOException {
        for (var step : STEPS) {
            var domain = name(step) + "-refused.test";
            // One that refuses EHLO is asked again with HELO, RFC 5321 §3.2.
            domain(domain)
                    .at(step, say("554 5.7.1 we do not like you"))
                    .at("HELO", say("554 5.7.1 we do not like you"));
            expect(domain, "we do not like you", "failed 554 5.7.1 we do not like you", "bounced");
        }
        domain("helo.test").at("EHLO", say("502 5.5.1 what?"));
        expect("helo.test", "", "relayed 250 2.0.0 kept");
        domain("small.test").offering("SIZE 100");
        expect("small.test", "takes 100 octets", "failed 5.3.4", "bounced");
    }

    private void puttingOff() throws IOException {
        for (var step : STEPS) {
            var domain = name(step) + "-later.test";
            domain(domain).at(step, say("451 4.3.2 not now"));
            expect(domain, "", "deferred 451 4.3.2 not now", "relayed 250 2.0.0 kept");
        }
        domain("closing.test").at("RCPT", say("421 4.3.2 going down"));
        expect("closing.test", "", "deferred 421 4.3.2 going down", "relayed 250");
        domain("garbage.test").at("MAIL", say("hello there"));
        expect("garbage.test", "", "deferred 4.5.0", "relayed 250");
    }

    private void hangingUp() throws IOException {
        for (var step : STEPS) {
            var domain = name(step) + "-cut.test";
            domain(domain).at(step, hangUp());
            expect(
                    domain,
                    "",
                    step.equals(DOT) ? "deferred 4.4.2 … a second copy is possible" : "deferred 4.4.2",
                    "relayed 250 2.0.0 kept");
        }
    }

    private void stalling() throws IOException {
        for (var step : STEPS) {
            var domain = name(step) + "-stalled.test";
            domain(domain).at(step, stall());
            expect(
                    domain,
                    "",
                    step.equals(DOT) ? "deferred 4.4.2 … a second copy is possible" : "deferred 4.4.2",
                    "relayed 250 2.0.0 kept");
        }
    }

    private void securing() throws IOException {
        domain("unknown-certificate.test").secured(certificate);
        expect("unknown-certificate.test", "", "relayed 250 … TLSv1.3");
        domain("refused-tls.test").secured(certificate).at("STARTTLS", say("454 4.7.0 not now"));
        expect("refused-tls.test", "", "relayed 250 … in the clear: STARTTLS refused");
        domain("broken-tls.test").secured(certificate).at("STARTTLS", say("220 go\r\nand now for something else"));
        expect("broken-tls.test", "", "relayed 250 … in the clear: ");
        demanding("require", "demanded-tls.test", host("demanded-tls.test"));
        expect("demanded-tls.test", "", "deferred 4.7.4 … offers no STARTTLS");
        demanding(
                "verify",
                "wrong-certificate.test",
                host("wrong-certificate.test").secured(certificate));
        expect("wrong-certificate.test", "", "deferred 4.7.5");
    }

    /** An operator's route to the only host. */
    private void demanding(String tls, String domain, ForeignHost host) {
        server.run("route", "add", domain, "smtp://" + host.address() + ":" + server.exchangerPort(), "--tls", tls);
    }

    private void naming() throws Exception {
        var names = server.names();
        names.with("null-mx.test MX 0 .");
        expect("null-mx.test", "accepts no mail", "failed 5.1.10", "bounced");
        expect("no-such-domain.test", "does not exist", "failed 5.1.2", "bounced");
        names.with("no-address.test MX 10 nowhere.no-address.test.");
        expect("no-address.test", "has an address", "failed 5.4.4", "bounced");
        names.failing("bogus.test");
        expect("bogus.test", "", "deferred 4.4.3");
        names.silent("silent.test");
        expect("silent.test", "", "deferred 4.4.3");
        names.with("loop.test MX 10 " + server.hostname() + ".");
        expect("loop.test", "loops back", "failed 5.4.6", "bounced");
        names.with("dead.test MX 10 mx.dead.test.").with("mx.dead.test A 127.0.7.250");
        expect("dead.test", "", "deferred 4.4.1");
        names.with("dead-primary.test MX 10 mx.dead.test.").with("dead-primary.test MX 20 second.test.");
        host("second.test");
        expect("dead-primary.test", "", "relayed 250 … second.test");
        host("without-mx.test");
        expect("without-mx.test", "", "relayed 250 … without-mx.test");
    }

    private Stream<Case> cases() {
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource
    void cases(Case each) throws Exception {
        var recipient = "x@" + each.domain();
        eventually(each.toString(), BOUND, () -> isInOrder(each.trace(), server.trace(recipient)));
        if (each.told().isEmpty()) {
            assertThat(bounce(recipient)).isEmpty();
        } else {
            assertThat(bounce(recipient))
                    .contains("Subject: Not delivered: to " + each.domain())
                    .contains(each.told())
                    .contains("Action: failed")
                    .contains("What you can do:");
        }
    }

    private static boolean isInOrder(List<String> wanted, List<String> lines) {
        int found = 0;
        for (var line : lines) {
            if (found < wanted.size()
                    && Stream.of(wanted.get(found).split(" … ")).allMatch(line::contains)) {
                found++;
            }
        }
        return found == wanted.size();
    }

    /** The report about the recipient that is in the sender's INBOX, on one line; empty where there is none. */
    private String bounce(String recipient) throws Exception {
        return bounceWith("Final-Recipient: rfc822; " + recipient + " ");
    }

    private String bounceWith(String words) throws Exception {
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

    /** RFC 5321 §4.2.5: each recipient has an answer of his own. */
    @Test
    void of_two_recipients_the_refused_one_is_reported_and_the_other_has_it() throws Exception {
        var host = domain("half.test").at("RCPT", say("550 5.1.1 never heard of him"));
        sender.submit(Security.STARTTLS, "one@half.test, two@half.test", message("half"));
        eventually("one has it", BOUND, () -> host.messages().size() == 1);
        eventually("one is reported", BOUND, () -> !(bounce("one@half.test") + bounce("two@half.test")).isEmpty());
        assertThat(List.of(bounce("one@half.test"), bounce("two@half.test"))).contains("");
    }

    /** The time that the sender set is over, while its host is down. */
    @Test
    void what_cannot_be_delivered_in_time_comes_back() throws Exception {
        server.names().with("too-late.test MX 10 mx.dead.test.").with("mx.dead.test A 127.0.7.250");
        sender.submit("x@too-late.test", message("too-late"), "BY=5;R");
        eventually("it comes back", BOUND, () -> !bounce("x@too-late.test").isEmpty());
        assertThat(bounce("x@too-late.test")).contains("Status: 5.4.7").contains("127.0.7.250");
        assertThat(server.trace("x@too-late.test")).anyMatch(step -> step.startsWith("bounced"));
    }

    /** RFC 8689 §4.2.1 and §5. */
    @Test
    void tls_that_is_required_and_not_to_be_had_comes_back_without_the_text() throws Exception {
        domain("no-require.test").secured(certificate);
        sender.submit("x@no-require.test", message("no-require"), "REQUIRETLS");
        eventually("it comes back", BOUND, () -> !bounce("x@no-require.test").isEmpty());
        assertThat(bounce("x@no-require.test"))
                .contains("Status: 5.7.30")
                .contains("text/rfc822-headers")
                .doesNotContain("hello");
    }

    /** RFC 6531 §3.6: nobody but the sender could say it otherwise. */
    @Test
    void address_in_other_letters_comes_back_from_a_host_that_takes_none() throws Exception {
        domain("ascii.test");
        try (var telnet = new Telnet(server.port("submission"))) {
            telnet.expect("220 ", telnet.reply());
            telnet.expect("250 ", telnet.smtp("EHLO me.test"));
            telnet.expect("235 ", telnet.smtp("AUTH PLAIN " + sender.plain()));
            telnet.expect("250 ", telnet.smtp("MAIL FROM:<patience@here.test> SMTPUTF8"));
            telnet.raw("RCPT TO:<jürgen@ascii.test>\r\n".getBytes(StandardCharsets.UTF_8));
            telnet.expect("250 ", telnet.reply());
            telnet.expect("354 ", telnet.smtp("DATA"));
            telnet.expect("250 ", telnet.smtp(message("ascii") + "."));
        }
        eventually("it comes back", BOUND, () -> !bounceWith("Status: 5.6.7 ").isEmpty());
        assertThat(bounceWith("Status: 5.6.7 ")).contains("message/global-delivery-status");
    }

    /** What goes to one host goes over one connection, as long as there is more. */
    @Test
    void connections_are_used_again() throws Exception {
        var host = domain("again.test").offering("PIPELINING");
        for (int i = 0; i < 5; i++) {
            sender.submit(Security.STARTTLS, "x@again.test", message("again " + i));
            int sent = i + 1;
            eventually("it has " + sent, BOUND, () -> host.messages().size() == sent);
        }
        assertThat(host.connections()).isLessThan(5);
    }
}
