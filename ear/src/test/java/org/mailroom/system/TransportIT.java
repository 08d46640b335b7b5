package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.system.Eventually.eventually;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.system.MailClient.Security;

/** Mail to hosts that are found by MX, and that signed DNS says something about. */
class TransportIT {
    private static final Mailroom server = Mailroom.server();
    private static SelfSigned certificate;
    private static ForeignHost host;

    @BeforeAll
    static void open(@TempDir Path directory) throws Exception {
        certificate = SelfSigned.in(directory);
        host = new ForeignHost("127.0.0.1", server.exchangerPort()).secured(certificate);
    }

    @AfterAll
    static void close() throws Exception {
        host.close();
    }

    /** A domain with one mail exchanger, all of it signed. */
    private static void publish(String domain, String tlsa) throws Exception {
        var mx = "mx." + domain;
        var records = "_" + server.exchangerPort() + "._tcp." + mx;
        server.names()
                .with(domain + " MX 10 " + mx + ".")
                .with(mx + " A 127.0.0.1")
                .with(records + " TLSA " + tlsa)
                .vouched(domain)
                .vouched(mx)
                .vouched(records);
    }

    private static void submit(String from, String to) throws Exception {
        var sender = server.account(from);
        new MailClient(sender)
                .submit(
                        Security.STARTTLS,
                        to,
                        "From: " + sender
                                + "\r\nSubject: out\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=iso-8859-1\r\n"
                                + "Content-Transfer-Encoding: 8bit\r\n\r\nfür alle, die es lesen wollen\r\n");
    }

    @Test
    void host_with_the_certificate_that_dns_names_gets_mail_in_the_form_it_takes() throws Exception {
        publish("dane.test", certificate.tlsa());
        submit("dana", "x@dane.test");
        eventually("it arrives", Duration.ofSeconds(20), () -> !host.messages().isEmpty());
        assertThat(host.messages().getFirst()).contains("f=FCr alle");
        eventually("the trace tells", Duration.ofSeconds(10), () -> {
            var found = server.get("/trace?recipient=x@dane.test").toString();
            return found.contains("relayed");
        });
        var queueId = server.get("/trace?recipient=x@dane.test")
                .getJsonArray("rows")
                .getJsonObject(0)
                .getString("queueId");
        assertThat(server.api("GET", "/trace/" + queueId, "").body())
                .contains("certificate=dane")
                .contains("TLSv1.3");
        assertThat(server.run("route", "explain", "dane.test"))
                .contains("mail exchangers", "mx.dane.test", "127.0.0.1", "dane (TLSA)", certificate.tlsa());
    }

    @Test
    void host_with_another_certificate_gets_nothing() throws Exception {
        publish("wrong.test", "3 1 1 " + "ab".repeat(32));
        submit("wren", "x@wrong.test");
        eventually(
                "the queue says why",
                Duration.ofSeconds(20),
                () -> server.api("GET", "/queue?filter=x@wrong.test", "")
                        .body()
                        .contains("DANE: no TLSA record stands for its certificate"));
        assertThat(host.messages()).noneMatch(message -> message.contains("wrong.test"));
    }

    @Test
    void domain_that_takes_no_mail_is_shown_as_such() {
        server.names().with("null.test MX 0 .");
        assertThat(server.run("route", "explain", "null.test")).contains("5.1.10", "accepts no mail");
        assertThat(server.run("route", "explain", "nothing.test")).contains("5.1.2");
    }
}
