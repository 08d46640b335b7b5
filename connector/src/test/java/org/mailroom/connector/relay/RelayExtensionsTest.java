package org.mailroom.connector.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailroom.connector.relay.ScriptedHost.Script;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.relay.Authorities;
import org.mailroom.contract.relay.Credentials;
import org.mailroom.contract.relay.DeliveryReport;
import org.mailroom.contract.relay.DeliveryReport.Proof;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.contract.relay.Outcome.Kind;
import org.mailroom.contract.relay.Relay;
import org.mailroom.contract.relay.RelayConnectionFactory;
import org.mailroom.contract.relay.RelayException;
import org.mailroom.contract.relay.RelayTarget;
import org.mailroom.contract.relay.RelayTarget.Protocol;
import org.mailroom.contract.relay.RelayTimeouts;
import org.mailroom.contract.relay.TlsDemand;
import org.mailroom.contract.relay.TlsTrouble;
import org.mailroom.contract.relay.Tlsa;

/** What goes on to a host that offers more than plain SMTP, and whom it must prove to be. */
@Timeout(30)
class RelayExtensionsTest {
    private static final String SMALL = "Subject: a\r\n\r\nhello\r\n";

    private static TestCertificate right;
    private static TestCertificate wrong;

    private final List<ScriptedHost> hosts = new ArrayList<>();

    @BeforeAll
    static void certificates() throws Exception {
        right = TestCertificate.of("mx.example");
        wrong = TestCertificate.of("other.example");
    }

    @AfterEach
    void everybody_kept_to_the_script() throws Exception {
        for (var host : hosts) {
            host.close();
        }
    }

    private ScriptedHost host(Script... scripts) throws IOException {
        var host = new ScriptedHost(scripts);
        hosts.add(host);
        return host;
    }

    private static Relay connect(ScriptedHost host, Protocol protocol, TlsDemand tls, @Nullable Credentials login)
            throws Exception {
        var factory = new RelayManagedConnectionFactory(RelayTls.verifyingWith(right.trusting()));
        var timeouts = RelayTimeouts.parse(
                "greeting=PT2S,command=PT2S,handshake=PT2S,data=PT2S,block=PT2S,dot=PT2S,quit=PT0.1S");
        var target = new RelayTarget("mx.example", "127.0.0.1", host.port(), "us.example", protocol, tls, login);
        return ((RelayConnectionFactory) factory.createConnectionFactory())
                .connect(target, timeouts, Authorities.OF_PLATFORM);
    }

    private static Relay connect(ScriptedHost host, TlsDemand tls) throws Exception {
        return connect(host, Protocol.SMTP, tls, null);
    }

    private static DeliveryReport send(Relay relay, Envelope envelope, String text) {
        try (relay) {
            return relay.send(envelope, MessageSource.of(text.getBytes(StandardCharsets.ISO_8859_1)));
        }
    }

    private static Envelope to(String... recipients) {
        return Envelope.of("a@here.example", List.of(recipients));
    }

    private RelayException refusal(TlsDemand tls, @Nullable Credentials login, Script... scripts) throws IOException {
        var host = host(scripts);
        return catchThrowableOfType(RelayException.class, () -> connect(host, Protocol.SMTP, tls, login));
    }

    private static Script encrypted(TestCertificate certificate) {
        return guest -> guest.welcome("STARTTLS")
                .answer("STARTTLS", "220 go")
                .secure(certificate.server())
                .hear("EHLO us.example")
                .offer("scripted.example", "REQUIRETLS", "AUTH LOGIN PLAIN")
                .takeMessage()
                .say("250 ok")
                .waitForEnd();
    }

    private static final Script HANDSHAKE_ONLY = guest -> guest.welcome("STARTTLS")
            .answer("STARTTLS", "220 go")
            .secure(right.server())
            .waitForEnd();

    @Test
    void parameters_go_on_to_a_host_that_offers_them() throws Exception {
        var envelope = new Envelope(
                "a@here.example",
                Map.of("RET", "HDRS", "ENVID", "x+20y", "MT-PRIORITY", "3", "BY", "120;R", "AUTH", "<>"),
                List.of(new Envelope.Recipient(
                        "b@there.example", Map.of("NOTIFY", "SUCCESS,FAILURE", "ORCPT", "rfc822;b@old.example"))));
        var offering = host(guest -> guest.welcome("DSN", "MT-PRIORITY", "DELIVERBY", "SIZE 1000")
                .takeMessage()
                .say("250 ok")
                .waitForEnd());
        var report = send(connect(offering, TlsDemand.NEVER), envelope, SMALL);
        assertThat(report.dsn()).isTrue();
        assertThat(offering.heard)
                .contains(
                        "MAIL FROM:<a@here.example> SIZE=21 RET=HDRS ENVID=x+20y MT-PRIORITY=3 BY=120;R",
                        "RCPT TO:<b@there.example> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;b@old.example");
        var plain = host(guest -> guest.welcome().takeMessage().say("250 ok").waitForEnd());
        assertThat(send(connect(plain, TlsDemand.NEVER), envelope, SMALL).dsn()).isFalse();
        assertThat(plain.heard).contains("MAIL FROM:<a@here.example>", "RCPT TO:<b@there.example>");
    }

    @Test
    void value_that_would_end_the_command_is_left_out() throws Exception {
        var host =
                host(guest -> guest.welcome("DSN").takeMessage().say("250 ok").waitForEnd());
        var envelope = new Envelope(
                "a@here.example",
                Map.of("ENVID", "x\r\nRSET"),
                List.of(new Envelope.Recipient("b@there.example", Map.of("ORCPT", "rfc822;b NOTIFY=NEVER"))));
        send(connect(host, TlsDemand.NEVER), envelope, SMALL);
        assertThat(host.heard).contains("MAIL FROM:<a@here.example>", "RCPT TO:<b@there.example>");
    }

    @Test
    void lmtp_answers_for_each_recipient() throws Exception {
        var host = host(guest -> {
            guest.say("220 hi").hear("LHLO us.example").say("250 hi");
            guest.answer("MAIL", "250 ok")
                    .answer("RCPT", "250 ok")
                    .answer("RCPT", "550 no")
                    .answer("RCPT", "250 ok");
            guest.answer("DATA", "354 go").content();
            guest.say("250 2.0.0 kept").say("452 4.2.2 full").waitForEnd();
        });
        var relay = connect(host, Protocol.LMTP, TlsDemand.NEVER, null);
        assertThat(send(relay, to("a@x.example", "b@x.example", "c@x.example"), SMALL)
                        .outcomes())
                .extracting(Outcome::kind)
                .containsExactly(Kind.DELIVERED, Kind.FAILED, Kind.DEFERRED);
    }

    @Test
    void lmtp_cut_between_the_answers_is_unknown_for_the_rest() throws Exception {
        var host = host(guest -> {
            guest.say("220 hi").hear("LHLO us.example").say("250 hi");
            guest.answer("MAIL", "250 ok").answer("RCPT", "250 ok").answer("RCPT", "250 ok");
            guest.answer("DATA", "354 go").content();
            guest.say("250 2.0.0 kept");
        });
        var relay = connect(host, Protocol.LMTP, TlsDemand.NEVER, null);
        assertThat(send(relay, to("a@x.example", "b@x.example"), SMALL).outcomes())
                .extracting(Outcome::kind)
                .containsExactly(Kind.DELIVERED, Kind.UNKNOWN);
    }

    /** Beyond the size from which chunks are used; with stray line ends and dots. */
    private static final String LARGE = "Subject: a\r\n\r\n" + "a line\n.and another\r\n".repeat(70_000);

    private static String chunks(ScriptedHost.Guest guest, String lastReply) throws IOException {
        var text = new StringBuilder();
        while (true) {
            var words = guest.line().split(" ");
            text.append(guest.octets(Integer.parseInt(words[1])));
            if (words.length > 2) {
                guest.say(lastReply);
                return text.toString();
            }
            guest.say("250 ok");
        }
    }

    @Test
    void large_message_goes_in_chunks() throws Exception {
        var received = new StringBuilder();
        var host = host(guest -> {
            guest.welcome("CHUNKING", "PIPELINING").answer("MAIL", "250 ok").answer("RCPT", "250 ok");
            received.append(chunks(guest, "250 2.0.0 kept"));
            guest.waitForEnd();
        });
        var report = send(connect(host, TlsDemand.NEVER), to("b@there.example"), LARGE);
        assertThat(report.outcomes().getFirst().kind()).isEqualTo(Kind.DELIVERED);
        assertThat(received.toString().equals(LARGE.replace("line\n", "line\r\n")))
                .isTrue();
    }

    @Test
    void refused_chunk_ends_the_message_and_not_the_connection() throws Exception {
        var host = host(guest -> {
            guest.welcome("CHUNKING").answer("MAIL", "250 ok").answer("RCPT", "250 ok");
            guest.octets(Integer.parseInt(guest.line().split(" ")[1]));
            guest.say("552 5.3.4 too large");
            for (int i = 0; i < 8; i++) {
                var words = guest.line().split(" ");
                if (words[0].equals("QUIT")) {
                    break;
                }
                guest.octets(Integer.parseInt(words[1]));
                guest.say("503 5.5.1 not now");
            }
            guest.waitForEnd();
        });
        var outcome = send(connect(host, TlsDemand.NEVER), to("b@there.example"), LARGE)
                .outcomes()
                .getFirst();
        assertThat(outcome.kind()).isEqualTo(Kind.FAILED);
        assertThat(outcome.status()).isEqualTo("5.3.4");
    }

    @Test
    void chunks_cut_at_the_last_may_have_arrived() throws Exception {
        var host = host(guest -> {
            guest.welcome("CHUNKING").answer("MAIL", "250 ok").answer("RCPT", "250 ok");
            while (true) {
                var words = guest.line().split(" ");
                guest.octets(Integer.parseInt(words[1]));
                if (words.length > 2) {
                    return;
                }
                guest.say("250 ok");
            }
        });
        var report = send(connect(host, TlsDemand.NEVER), to("b@there.example"), LARGE);
        assertThat(report.outcomes().getFirst().kind()).isEqualTo(Kind.UNKNOWN);
    }

    @Test
    void required_tls_is_not_left_to_a_host_that_does_not_promise_it() throws Exception {
        var envelope = new Envelope(
                "a@here.example", Map.of("REQUIRETLS", ""), List.of(Envelope.Recipient.of("b@there.example")));
        var clear = host(guest -> guest.welcome("REQUIRETLS").waitForEnd());
        assertThat(send(connect(clear, TlsDemand.OPPORTUNISTIC), envelope, SMALL)
                        .outcomes()
                        .getFirst()
                        .status())
                .isEqualTo("5.7.30");
        var host = host(encrypted(right));
        assertThat(send(connect(host, TlsDemand.VERIFIED), envelope, SMALL)
                        .outcomes()
                        .getFirst()
                        .kind())
                .isEqualTo(Kind.DELIVERED);
        assertThat(host.heard).contains("MAIL FROM:<a@here.example> REQUIRETLS");
    }

    private static final Credentials LOGIN = new Credentials("us", "a secret");

    private static Script asking(String mechanisms, Script then) {
        return guest -> {
            guest.secure(right.server());
            guest.welcome("AUTH " + mechanisms);
            then.play(guest);
        };
    }

    @Test
    void login_comes_before_the_first_message() throws Exception {
        var host = host(asking(
                "LOGIN PLAIN",
                guest -> guest.answer("AUTH PLAIN AHVzAGEgc2VjcmV0", "235 ok")
                        .takeMessage()
                        .say("250 ok")
                        .waitForEnd()));
        var relay = connect(host, Protocol.SMTP, TlsDemand.VERIFIED.fromTheStart(), LOGIN);
        assertThat(send(relay, to("b@there.example"), SMALL)
                        .outcomes()
                        .getFirst()
                        .kind())
                .isEqualTo(Kind.DELIVERED);
        var asked = host(asking(
                "LOGIN",
                guest -> guest.answer("AUTH LOGIN", "334 VXNlcm5hbWU6")
                        .answer("dXM=", "334 UGFzc3dvcmQ6")
                        .answer("YSBzZWNyZXQ=", "235 ok")
                        .waitForEnd()));
        connect(asked, Protocol.SMTP, TlsDemand.VERIFIED.fromTheStart(), LOGIN).close();
    }

    @Test
    void refused_login_is_our_trouble_and_tells_no_secret() throws Exception {
        var outcome = refusal(
                        TlsDemand.VERIFIED.fromTheStart(),
                        LOGIN,
                        asking(
                                "PLAIN",
                                guest -> guest.answer("AUTH PLAIN", "535 5.7.8 no")
                                        .waitForEnd()))
                .outcome();
        assertThat(outcome.kind()).isEqualTo(Kind.DEFERRED);
        assertThat(outcome.text()).isEqualTo("The login of us was refused: 535 5.7.8 no");
        assertThat(LOGIN.toString()).doesNotContain("secret");
        var cut = refusal(TlsDemand.VERIFIED.fromTheStart(), LOGIN, asking("PLAIN", guest -> guest.hear("AUTH PLAIN")))
                .outcome();
        assertThat(cut.text()).contains("at AUTH:").doesNotContain("AHVz");
    }

    @Test
    void login_does_not_pass_in_the_clear() throws Exception {
        var host = host(
                guest -> guest.welcome("AUTH PLAIN").waitForEnd(),
                guest -> guest.welcome("AUTH PLAIN").waitForEnd());
        var refused = catchThrowableOfType(
                RelayException.class, () -> connect(host, Protocol.SMTP, TlsDemand.OPPORTUNISTIC, LOGIN));
        assertThat(refused.outcome().status()).isEqualTo("4.7.11");
        assertThat(host.heard).noneMatch(line -> line.startsWith("AUTH"));
    }

    private static Tlsa tlsa(int usage, int selector, int matching, TestCertificate certificate) throws Exception {
        var octets = selector == 0
                ? certificate.certificate().getEncoded()
                : certificate.certificate().getPublicKey().getEncoded();
        var data = switch (matching) {
            case 1 -> MessageDigest.getInstance("SHA-256").digest(octets);
            case 2 -> MessageDigest.getInstance("SHA-512").digest(octets);
            default -> octets;
        };
        return new Tlsa(usage, selector, matching, HexFormat.of().formatHex(data));
    }

    private static TlsDemand dane(Tlsa... records) {
        return TlsDemand.dane(List.of(records), List.of("mx.example", "example"));
    }

    @Test
    void certificate_that_a_tlsa_record_stands_for_is_right_whatever_its_name() throws Exception {
        for (int selector = 0; selector <= 1; selector++) {
            for (int matching = 0; matching <= 2; matching++) {
                var demand = dane(tlsa(3, 1, 1, right), tlsa(3, selector, matching, wrong));
                var report = send(connect(host(encrypted(wrong)), demand), to("b@there.example"), SMALL);
                assertThat(report.proof()).isEqualTo(Proof.DANE);
                assertThat(report.outcomes().getFirst().kind()).isEqualTo(Kind.DELIVERED);
            }
        }
    }

    @Test
    void other_certificate_is_refused() throws Exception {
        var refused = refusal(dane(tlsa(3, 1, 1, wrong)), null, HANDSHAKE_ONLY);
        assertThat(refused.tls()).contains(TlsTrouble.NO_MATCH);
        assertThat(refused.outcome().status()).isEqualTo("4.7.5");
        assertThat(refused.outcome().text()).contains("DANE: no TLSA record stands for its certificate");
    }

    @Test
    void authority_of_a_tlsa_record_needs_the_name_too() throws Exception {
        var report = send(connect(host(encrypted(right)), dane(tlsa(2, 0, 1, right))), to("b@there.example"), SMALL);
        assertThat(report.proof()).isEqualTo(Proof.DANE);
        Script others = guest -> guest.welcome("STARTTLS")
                .answer("STARTTLS", "220 go")
                .secure(wrong.server())
                .waitForEnd();
        var refused = refusal(dane(tlsa(2, 0, 1, wrong)), null, others);
        assertThat(refused.tls()).contains(TlsTrouble.OTHER_NAME);
        assertThat(refused.outcome().text()).contains("certificate name mismatch");
    }

    @Test
    void tls_that_is_demanded_is_not_given_up() throws Exception {
        assertThat(refusal(
                                dane(tlsa(3, 1, 1, right)),
                                null,
                                guest -> guest.welcome().waitForEnd())
                        .tls())
                .contains(TlsTrouble.NOT_OFFERED);
        assertThat(refusal(
                                TlsDemand.ENCRYPTED,
                                null,
                                guest -> guest.welcome("STARTTLS")
                                        .answer("STARTTLS", "454 4.7.0 later")
                                        .waitForEnd())
                        .outcome()
                        .text())
                .contains("refuses STARTTLS: 454 4.7.0 later");
        assertThat(refusal(
                                TlsDemand.ENCRYPTED,
                                null,
                                guest -> guest.welcome("STARTTLS")
                                        .answer("STARTTLS", "220 go")
                                        .say("garbage garbage")
                                        .waitForEnd())
                        .tls())
                .contains(TlsTrouble.HANDSHAKE);
    }

    @Test
    void encryption_alone_asks_for_no_name() throws Exception {
        var report = send(connect(host(encrypted(wrong)), TlsDemand.ENCRYPTED), to("b@there.example"), SMALL);
        assertThat(report.proof()).isEqualTo(Proof.NONE);
        assertThat(report.tls()).startsWith("TLSv1.3 ");
    }

    @Test
    void offers_are_those_behind_tls() throws Exception {
        var host = host(encrypted(right));
        try (var relay = connect(host, TlsDemand.VERIFIED)) {
            assertThat(relay.extensions().has("REQUIRETLS")).isTrue();
            assertThat(relay.extensions().has("STARTTLS")).isFalse();
            assertThat(relay.extensions().size()).isEmpty();
            relay.send(to("b@there.example"), MessageSource.of(SMALL.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    @Test
    void stars_stand_for_one_label() {
        assertThat(CertificateNames.matches("*.there.example", "MX.there.example"))
                .isTrue();
        assertThat(CertificateNames.matches("*.there.example", "a.mx.there.example"))
                .isFalse();
        assertThat(CertificateNames.matches("*.example", "mx.example")).isFalse();
        assertThat(CertificateNames.matches("m*.there.example", "mx.there.example"))
                .isFalse();
    }
}
