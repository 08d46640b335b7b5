package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.system.Eventually.eventually;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Mail from hosts out there, who reach the server through a proxy: lists in DNS, greeting, reverse name, greylist and rates; and
 * what VERB, VRFY and EXPN tell. The name server is the tests' own.
 */
class StrangersIT {
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final Pattern AGAIN = Pattern.compile("try again in (\\d{1,2}) seconds?");
    private static final Mailroom SERVER = Mailroom.server();

    @BeforeAll
    static void names() {
        var names = SERVER.names()
                .with("mta.strange.test A 203.0.113.40")
                .with("9.113.0.203.block.test A 127.0.0.4")
                .with("9.113.0.203.block.test TXT \"see http://block.test/9\"")
                .with("10.113.0.203.block.test A 127.0.0.4")
                .with("10.113.0.203.allow.test A 127.0.0.2")
                .with("40.113.0.203.in-addr.arpa PTR mta.strange.test.");
        for (int last = 11; last < 20; last++) {
            // Of good repute, so that the greylist does not come between.
            names.with(last + ".113.0.203.allow.test A 127.0.0.2");
        }
    }

    /** The replies to the commands, each with all of its lines. */
    private static String reply(Telnet telnet, String command) throws Exception {
        telnet.raw(command + "\r\n");
        return lines(telnet);
    }

    private static String lines(Telnet telnet) throws Exception {
        var lines = new StringBuilder();
        for (var line = telnet.line(); ; line = telnet.line()) {
            lines.append(line).append('\n');
            if (line.length() < 4 || line.charAt(3) != '-') {
                return lines.toString();
            }
        }
    }

    private static Telnet greeted(Telnet telnet, String helo) throws Exception {
        telnet.expect("220 ", telnet.reply());
        telnet.expect("250", telnet.smtp("EHLO " + helo));
        return telnet;
    }

    private static Telnet stranger(String address) throws Exception {
        return greeted(Telnet.proxied(address, SERVER.port("smtp")), "mta.strange.test");
    }

    /** What a stranger from the address is told at RCPT. */
    private static String rcpt(String address, String from, String to) throws Exception {
        try (var telnet = stranger(address)) {
            telnet.expect("250", telnet.smtp("MAIL FROM:<" + from + ">"));
            return telnet.smtp("RCPT TO:<" + to + ">");
        }
    }

    private static String trace(String recipient) {
        return SERVER.api("GET", "/trace?recipient=" + recipient, "").body();
    }

    @Test
    void a_proxy_names_the_client_in_either_version_and_nobody_else_may() throws Exception {
        var who = SERVER.account("proxied");
        for (var telnet : List.of(
                Telnet.proxied("203.0.113.11", SERVER.port("smtp")),
                Telnet.proxied2("203.0.113.12", SERVER.port("smtp")))) {
            try (telnet) {
                Smtp.send(
                        greeted(telnet, "mta.strange.test"),
                        who,
                        "Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        }
        try (var store = new MailClient(who).imap(MailClient.Security.NONE);
                var inbox = MailClient.inbox(store)) {
            assertThat(MailClient.text(inbox.getMessage(1))).contains("([203.0.113.11])");
            assertThat(MailClient.text(inbox.getMessage(2))).contains("([203.0.113.12])");
        }
        try (var silent = Telnet.silentProxy(SERVER.port("smtp"))) {
            silent.raw("EHLO mta.strange.test\r\nNOOP\r\n");
            assertThat(silent.closed()).isTrue();
        }
        try (var liar = new Telnet(SERVER.port("smtp"))) {
            liar.expect("220 ", liar.reply());
            assertThat(liar.smtp("PROXY TCP4 203.0.113.11 192.0.2.25 40000 25")).startsWith("500 ");
        }
    }

    @Test
    void who_is_on_a_block_list_is_refused_by_its_name_and_an_allow_list_outweighs_it() throws Exception {
        var who = SERVER.account("listed");
        assertThat(rcpt("203.0.113.9", "a@strange.test", who))
                .startsWith("550 5.7.1 ")
                .contains("block.test");
        eventually(
                "it is traced",
                BOUND,
                () -> trace(who).contains("dns-list: 550 5.7.1 Your address is listed by block.test"));
        assertThat(rcpt("203.0.113.10", "a@strange.test", who)).startsWith("250 ");
    }

    @Test
    void who_comes_for_the_first_time_is_asked_to_come_again_and_then_let_in() throws Exception {
        var who = SERVER.account("greylisted");
        var reply = rcpt("203.0.113.40", "first@strange.test", who);
        assertThat(reply).startsWith("451 4.7.1 ");
        comeAgain(reply);
        assertThat(rcpt("203.0.113.40", "first@strange.test", who)).startsWith("250 ");
        assertThat(rcpt("203.0.113.40", "other@strange.test", who)).startsWith("451 4.7.1 ");
        eventually("it is traced", BOUND, () -> trace(who).contains("greylist: 451 4.7.1 "));
    }

    @Test
    void a_greeting_that_is_no_name_goes_to_junk_and_a_missing_reverse_name_is_noted() throws Exception {
        var who = SERVER.account("impolite");
        comeAgain(impolite(who));
        var reply = impolite(who);
        assertThat(reply).startsWith("250 ");
        var id = reply.substring(reply.lastIndexOf(' ') + 1);
        assertThat(SERVER.api("GET", "/trace/" + id, "").body()).contains("helo", "reverse-name", "junk");
        assertThat(new MailClient(who).count()).isZero();
    }

    /** The last reply to a host that greets with a name that is none. */
    private static String impolite(String who) throws Exception {
        try (var telnet = greeted(Telnet.proxied("203.0.113.50", SERVER.port("smtp")), "localhost")) {
            telnet.expect("250", telnet.smtp("MAIL FROM:<a@strange.test>"));
            var reply = telnet.smtp("RCPT TO:<" + who + ">");
            if (!reply.startsWith("250 ")) {
                return reply;
            }
            telnet.expect("354", telnet.smtp("DATA"));
            return telnet.smtp("Subject: x\r\n\r\nx\r\n.");
        }
    }

    /** Waits as long as the server wants it: one that asks all the time has sent too much. */
    private static void comeAgain(String reply) throws InterruptedException {
        var seconds = AGAIN.matcher(reply);
        assertThat(seconds.find()).as(reply).isTrue();
        Thread.sleep(Duration.ofSeconds(Integer.parseInt(seconds.group(1))));
    }

    @Test
    void an_address_and_a_domain_may_send_so_much_in_a_while() throws Exception {
        var who = SERVER.account("flooded");
        try (var telnet = stranger("203.0.113.13")) {
            var reply = "250";
            for (int i = 0; i <= Mailroom.RATE && reply.startsWith("250"); i++) {
                reply = telnet.smtp("MAIL FROM:<a@often" + i + ".test>");
                telnet.smtp("RSET");
            }
            assertThat(reply).startsWith("451 4.7.1 Too much mail in a short time (rate of address)");
        }
        try (var telnet = stranger("203.0.113.14")) {
            telnet.expect("250", telnet.smtp("MAIL FROM:<a@flood.test>"));
            var reply = "250";
            for (int i = 0; i <= Mailroom.RATE && reply.startsWith("250"); i++) {
                reply = telnet.smtp("RCPT TO:<" + who.replace("@", "+" + i + "@") + ">");
            }
            assertThat(reply).startsWith("451 4.7.1 Too much mail in a short time (rate of domain)");
        }
        // Others are not concerned.
        assertThat(rcpt("203.0.113.15", "a@calm.test", who)).startsWith("250 ");
    }

    @Test
    void a_user_may_send_so_much_in_a_while() throws Exception {
        var who = SERVER.account("busy");
        try (var telnet = Telnet.proxied("203.0.113.16", SERVER.port("submissions"))) {
            telnet.secure(IdleBench.trusting(SERVER.home().resolve("tls/certificate.pem")));
            greeted(telnet, "laptop.test");
            telnet.expect("235 ", telnet.smtp("AUTH PLAIN " + new MailClient(who).plain()));
            telnet.expect("250 ", telnet.smtp("MAIL FROM:<" + who + ">"));
            var reply = "250";
            for (int i = 0; i <= Mailroom.RATE && reply.startsWith("250"); i++) {
                reply = telnet.smtp("RCPT TO:<x" + i + "@elsewhere.test>");
            }
            assertThat(reply).startsWith("451 4.7.1 Too much mail in a short time (rate of user)");
        }
    }

    @Test
    void verb_tells_of_a_refused_recipient_too_what_passed_before() throws Exception {
        var who = SERVER.account("verbose");
        SERVER.run("list", "add", "sender", "told.test", "--allow", "--for", who);
        SERVER.run("policy", "add", "verbose", "--when", "recipient is " + who, "--then", "refuse");
        try (var telnet = new Telnet(SERVER.port("smtp"))) {
            greeted(telnet, "mta.told.test");
            telnet.expect("250 ", telnet.smtp("VERB"));
            telnet.expect("250 ", telnet.smtp("MAIL FROM:<a@told.test>"));
            assertThat(reply(telnet, "RCPT TO:<" + who + ">"))
                    .contains(
                            who + ": the account " + who + " gets it",
                            "list of " + who + ": pass (allowed: sender told.test)",
                            "refused by rule rule verbose",
                            "550 5.7.1 Not wanted here (rule verbose)");
        } finally {
            SERVER.run("policy", "remove", "verbose");
        }
    }

    @Test
    void expn_knows_a_group_without_members_and_strangers_hear_nothing() throws Exception {
        SERVER.run("group", "add", "empty@" + Mailroom.DOMAIN, "--owner", SERVER.account("owner"));
        try (var telnet = new Telnet(SERVER.port("smtp"))) {
            greeted(telnet, "here.test");
            assertThat(telnet.smtp("EXPN empty@" + Mailroom.DOMAIN))
                    .isEqualTo("550 5.2.4 That is a group without members");
            assertThat(telnet.smtp("EXPN nobody@" + Mailroom.DOMAIN)).startsWith("550 5.1.1 ");
        }
        try (var telnet = stranger("203.0.113.17")) {
            for (var command : List.of("VRFY owner", "VRFY nobody", "EXPN empty")) {
                assertThat(telnet.smtp(command)).startsWith("252 ");
            }
            assertThat(telnet.smtp("VERB")).startsWith("502 ");
        }
    }
}
