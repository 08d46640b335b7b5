package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.system.Eventually.eventually;

import jakarta.json.Json;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.mailroom.system.MailClient.Security;

/** Whether mail comes from whom it says, and how others see that of ours. The name server is the tests' own. */
class AuthenticityIT {
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final Mailroom server = Mailroom.server();

    /** A domain whose mail this machine may send, and whose owner wants all other mail in its name refused. */
    private void sender(String domain, String wish) {
        server.names().with(domain + " TXT \"v=spf1 ip4:127.0.0.1 -all\"");
        server.names().with("_dmarc." + domain + " TXT \"v=DMARC1; p=" + wish + "\"");
    }

    private String accountOf(String domain, String localPart) {
        server.run("domain", "add", domain);
        var address = localPart + "@" + domain;
        var body = "{\"address\":\"" + address + "\",\"password\":\"" + Mailroom.password(address) + "\"}";
        assertThat(server.api("POST", "/accounts", body).statusCode()).isBetween(200, 201);
        return address;
    }

    /** What a host says to the final dot, or to the first command that it refuses. */
    private String send(String from, String to, String message) throws Exception {
        try (var telnet = new Telnet(server.port("smtp"))) {
            telnet.expect("220 ", telnet.reply());
            telnet.expect("250", telnet.smtp("EHLO mta.test"));
            for (var command : List.of("MAIL FROM:<" + from + ">", "RCPT TO:<" + to + ">")) {
                var reply = telnet.smtp(command);
                if (!reply.startsWith("250")) {
                    return reply;
                }
            }
            telnet.expect("354 ", telnet.smtp("DATA"));
            telnet.raw(message.replace("\r\n.", "\r\n..") + ".\r\n");
            return telnet.reply();
        }
    }

    private String received(String address, int number) throws Exception {
        try (var store = new MailClient(address).imap(Security.NONE);
                var inbox = MailClient.inbox(store)) {
            return MailClient.text(inbox.getMessage(number));
        }
    }

    /** The one field of ours, unfolded. */
    private static String results(String message) {
        var ours = Pattern.compile("(?m)^Authentication-Results: (?!elsewhere)(.*(?:\r\n[ \t].*)*)")
                .matcher(message)
                .results()
                .map(found -> found.group(1).replaceAll("\r\n[ \t]+", " "))
                .toList();
        assertThat(ours).hasSize(1);
        return ours.getFirst();
    }

    private String hostname() throws Exception {
        try (var telnet = new Telnet(server.port("smtp"))) {
            return telnet.reply().split(" ")[1];
        }
    }

    @Test
    void what_was_found_stands_in_one_field_and_in_the_trace() throws Exception {
        sender("proved.test", "reject");
        var reader = server.account("reader-of-results");
        var reply = send(
                "ann@proved.test",
                reader,
                "Authentication-Results: " + hostname() + "; dmarc=pass header.from=bank.test\r\n"
                        + "Authentication-Results: elsewhere.test; spf=pass\r\n"
                        + "From: Ann <ann@proved.test>\r\nSubject: proved\r\n\r\ntext\r\n");
        assertThat(reply).startsWith("250 ");
        var message = received(reader, 1);
        assertThat(results(message))
                .startsWith(hostname() + "; spf=pass")
                .contains("smtp.mailfrom=proved.test", "dkim=none", "dmarc=pass (p=reject) header.from=proved.test");
        assertThat(message).doesNotContain("bank.test").contains("Authentication-Results: elsewhere.test");
        var id = Pattern.compile("([0-9A-Z]{8,})")
                .matcher(reply)
                .results()
                .findFirst()
                .orElseThrow()
                .group();
        assertThat(server.api("GET", "/trace/" + id, "").body()).contains("spf=pass (proved.test)", "dmarc=pass");
    }

    @Test
    void a_domain_that_is_strict_refuses_what_the_author_would() throws Exception {
        server.names().with("robbed.test TXT \"v=spf1 ip4:192.0.2.1 -all\"");
        server.names().with("_dmarc.robbed.test TXT \"v=DMARC1; p=reject\"");
        server.names().failing("_dmarc.mute.test");
        var forged = "From: Boss <boss@robbed.test>\r\nSubject: Pay this\r\n\r\nNow.\r\n";
        var mild = server.account("mild");
        assertThat(send("x@robbed.test", mild, forged)).startsWith("250 ");
        assertThat(results(received(mild, 1))).contains("spf=fail", "dmarc=fail (p=reject) header.from=robbed.test");

        var strict = accountOf("strict.test", "sue");
        assertThat(server.run("authenticity", "set", "strict.test", "--dmarc", "refuse"))
                .contains("refuse");
        eventually(
                "the domain is strict",
                BOUND,
                () -> send("x@robbed.test", strict, forged).startsWith("550 5.7.26 DMARC: robbed.test"));
        assertThat(send("x@mute.test", strict, forged.replace("robbed", "mute")))
                .startsWith("451 4.");
        server.run("authenticity", "set", "strict.test", "--spf", "refuse");
        eventually(
                "SPF is asked at RCPT",
                BOUND,
                () -> send("x@robbed.test", strict, forged).startsWith("550 5.7.23 "));
    }

    /** Makes both keys, publishes what is shown, and lets them sign. */
    private void keys(String domain) {
        var answer = server.api("POST", "/dkim-keys/" + domain, "{}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.body()).doesNotContainIgnoringCase("private");
        for (var key : Json.createReader(new StringReader(answer.body())).readArray()) {
            var made = key.asJsonObject();
            assertThat(server.run("dkim", "list", domain)).contains(made.getString("selector"), "new");
            server.names().with(made.getString("zoneLine").replace(" IN TXT ", " TXT "));
            server.run("dkim", "activate", domain, made.getString("selector"));
        }
    }

    @Test
    void what_leaves_is_signed_with_both_keys_and_the_signatures_are_good() throws Exception {
        var author = accountOf("signing.test", "sam");
        keys("signing.test");
        var reader = server.account("reader-of-signatures");
        try (var sink = RemoteServer.sink()) {
            server.route("verifier.test", sink.port());
            eventually("the keys sign", BOUND, () -> {
                new MailClient(author)
                        .submit(
                                Security.STARTTLS,
                                "v@verifier.test",
                                "From: " + author
                                        + "\r\nTo: v@verifier.test\r\nSubject: signed\r\n\r\n.dot\r\nbye\r\n");
                int before = sink.messages().size();
                eventually("delivered", BOUND, () -> sink.messages().size() > before || before > 0);
                return sink.messages().getLast().startsWith("DKIM-Signature: ");
            });
            assertThat(send("sam@signing.test", reader, sink.messages().getLast()))
                    .startsWith("250 ");
        }
        assertThat(results(received(reader, 1)))
                .contains("dkim=pass header.d=signing.test", "header.a=rsa-sha256", "header.a=ed25519-sha256");
    }

    @Test
    void a_forward_is_sealed_and_its_bounce_finds_back_to_the_author() throws Exception {
        sender("origin.test", "reject");
        var forwarder = accountOf("forwarding.test", "fred");
        keys("forwarding.test");
        server.names().with("forwarding.test TXT \"v=spf1 ip4:127.0.0.1 -all\"");
        var reader = server.account("reader-of-seals");
        try (var sink = RemoteServer.sink();
                var origin = RemoteServer.sink()) {
            server.route("beyond.test", sink.port());
            server.route("origin.test", origin.port());
            server.run("forward", "add", forwarder, "f@beyond.test");
            eventually("the forward is sealed", BOUND, () -> {
                int before = sink.messages().size();
                send("olga@origin.test", forwarder, "From: olga@origin.test\r\nSubject: on\r\n\r\ntext\r\n");
                eventually("forwarded", BOUND, () -> sink.messages().size() > before);
                return sink.messages().getLast().startsWith("ARC-Seal: ");
            });
            var path = sink.senders().getLast();
            assertThat(path).startsWith("SRS0=").endsWith("=origin.test=olga@forwarding.test");
            assertThat(send(path, reader, sink.messages().getLast())).startsWith("250 ");
            assertThat(received(reader, 1))
                    .contains("ARC-Authentication-Results: i=1;")
                    .containsPattern("arc=pass");
            assertThat(results(received(reader, 1)))
                    .contains("spf=pass", "arc=pass", "dkim=pass header.d=forwarding.test");

            send("", path, "From: mailer@beyond.test\r\nSubject: not here\r\n\r\nx\r\n");
            eventually("the bounce is home", BOUND, () -> !origin.messages().isEmpty());
            assertThat(origin.messages().getFirst()).contains("Subject: not here");
        }
    }
}
