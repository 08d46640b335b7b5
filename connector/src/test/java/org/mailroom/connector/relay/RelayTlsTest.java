package org.mailroom.connector.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailroom.connector.relay.ScriptedHost.Script;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.relay.Authorities;
import org.mailroom.contract.relay.DeliveryReport;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.contract.relay.Outcome.Kind;
import org.mailroom.contract.relay.RelayConnectionFactory;
import org.mailroom.contract.relay.RelayException;
import org.mailroom.contract.relay.RelayTarget;
import org.mailroom.contract.relay.RelayTimeouts;
import org.mailroom.contract.relay.TlsDemand;

/** STARTTLS as each target wants it. */
@Timeout(30)
class RelayTlsTest {
    private static TestCertificate right;
    private static TestCertificate wrong;

    private final List<ScriptedHost> hosts = new ArrayList<>();
    private final TestPool pool = new TestPool();

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

    private DeliveryReport send(TlsDemand tls, TestCertificate trusted, Script... scripts) throws Exception {
        var host = new ScriptedHost(scripts);
        hosts.add(host);
        var factory = new RelayManagedConnectionFactory(RelayTls.verifyingWith(trusted.trusting()));
        var timeouts = RelayTimeouts.parse("greeting=PT2S,command=PT2S,handshake=PT2S,dot=PT2S");
        var connections = (RelayConnectionFactory) factory.createConnectionFactory(pool);
        var target = new RelayTarget("mx.example.", "127.0.0.1", host.port(), "us.example", tls);
        try (var relay = connections.connect(target, timeouts, Authorities.OF_PLATFORM)) {
            var content = MessageSource.of("a: b\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return relay.send(Envelope.of("a@here.example", List.of("b@there.example")), content);
        }
    }

    private Outcome refusal(TestCertificate trusted, Script... scripts) {
        return catchThrowableOfType(RelayException.class, () -> send(TlsDemand.VERIFIED, trusted, scripts))
                .outcome();
    }

    private static Script encrypted(TestCertificate certificate) {
        return guest -> guest.welcome("STARTTLS")
                .answer("STARTTLS", "220 go")
                .secure(certificate.server())
                .hear("EHLO us.example")
                .offer()
                .takeMessage()
                .say("250 ok")
                .waitForEnd();
    }

    private static final Script IN_THE_CLEAR =
            guest -> guest.welcome("STARTTLS").takeMessage().say("250 ok").waitForEnd();

    /** The client goes in the handshake or right behind it. */
    private static Script shunned(TestCertificate certificate) {
        return guest -> {
            guest.welcome("STARTTLS").answer("STARTTLS", "220 go");
            try {
                guest.secure(certificate.server()).waitForEnd();
            } catch (IOException expected) {
                // The client does not like the certificate.
            }
        };
    }

    @Test
    void opportunistic_encrypts_whoever_it_is() throws Exception {
        var report = send(TlsDemand.OPPORTUNISTIC, right, encrypted(wrong));
        assertThat(report.outcomes().getFirst().kind()).isEqualTo(Kind.DELIVERED);
        assertThat(report.tls()).startsWith("TLSv1.3 TLS_");
    }

    @Test
    void verified_encrypts_where_name_and_issuer_are_right() throws Exception {
        assertThat(send(TlsDemand.VERIFIED, right, encrypted(right)).tls()).startsWith("TLSv1.3");
    }

    @Test
    void verified_shuns_another_name() {
        assertThat(refusal(wrong, shunned(wrong)).status()).isEqualTo("4.7.5");
    }

    @Test
    void verified_shuns_an_unknown_issuer() {
        var outcome = refusal(wrong, shunned(right));
        assertThat(outcome.kind()).isEqualTo(Kind.DEFERRED);
        assertThat(outcome.status()).isEqualTo("4.7.5");
    }

    @Test
    void verified_needs_starttls() {
        assertThat(refusal(right, guest -> guest.welcome().waitForEnd()).status())
                .isEqualTo("4.7.4");
        assertThat(refusal(
                                right,
                                guest -> guest.welcome("STARTTLS")
                                        .answer("STARTTLS", "454 4.7.0 not now")
                                        .waitForEnd())
                        .text())
                .contains("454 4.7.0 not now");
    }

    @Test
    void never_means_in_the_clear() throws Exception {
        assertThat(send(TlsDemand.NEVER, right, IN_THE_CLEAR).tls()).isEmpty();
    }

    @Test
    void opportunistic_goes_on_in_the_clear_when_starttls_is_refused() throws Exception {
        var report = send(
                TlsDemand.OPPORTUNISTIC,
                right,
                guest -> guest.welcome("STARTTLS")
                        .answer("STARTTLS", "454 not now")
                        .takeMessage()
                        .say("250 ok")
                        .waitForEnd());
        assertThat(report.outcomes().getFirst().kind()).isEqualTo(Kind.DELIVERED);
    }

    @Test
    void opportunistic_connects_anew_when_the_handshake_fails() throws Exception {
        Script garbage = guest -> guest.welcome("STARTTLS")
                .answer("STARTTLS", "220 go")
                .say("what is a handshake?")
                .waitForEnd();
        assertThat(send(TlsDemand.OPPORTUNISTIC, right, garbage, IN_THE_CLEAR).tls())
                .startsWith("in the clear: mx.example.[127.0.0.1]");
        Script silence =
                guest -> guest.welcome("STARTTLS").answer("STARTTLS", "220 go").waitForEnd();
        assertThat(send(TlsDemand.OPPORTUNISTIC, right, silence, IN_THE_CLEAR).tls())
                .startsWith("in the clear: mx.example.[127.0.0.1]");
        Script close = guest -> guest.welcome("STARTTLS").answer("STARTTLS", "220 go");
        assertThat(send(TlsDemand.OPPORTUNISTIC, right, close, IN_THE_CLEAR).tls())
                .startsWith("in the clear: mx.example.[127.0.0.1]");
    }

    @Test
    void words_in_the_clear_behind_the_go_ahead_are_not_believed() throws Exception {
        Script injected = guest -> {
            guest.welcome("STARTTLS").hear("STARTTLS").say("220 go", "250-mx.example", "250 SIZE 1");
            guest.waitForEnd();
        };
        assertThat(send(TlsDemand.OPPORTUNISTIC, right, injected, IN_THE_CLEAR).tls())
                .startsWith("in the clear: mx.example.[127.0.0.1]");
        assertThat(refusal(right, injected).status()).isEqualTo("4.7.5");
    }
}
