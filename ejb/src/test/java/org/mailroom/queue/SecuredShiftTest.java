package org.mailroom.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.queue.ScriptedRelays.outcome;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.relay.Outcome.Kind;
import org.mailroom.contract.relay.TlsTrouble;
import org.mailroom.dns.FakeDns;
import org.mailroom.transport.TestTransport;

/** What signed names and published policies make of a message: what is sent, what the trace tells, and what its sender. */
class SecuredShiftTest {
    private static final String TLSA = "_25._tcp.one.test TLSA 3 1 1 " + "ab".repeat(32);

    private final FakeDns dns = new FakeDns()
            .signed()
            .with("there.test MX 10 one.test.")
            .with("there.test MX 20 two.test.")
            .with("one.test A 192.0.2.1")
            .with("two.test A 192.0.2.2");
    private final TestQueue queue = new TestQueue();
    private final ScriptedRelays relays = new ScriptedRelays();
    private String policy = "";
    private boolean over;

    @BeforeEach
    void sender() throws Exception {
        queue.sender();
    }

    @AfterEach
    void close() {
        dns.close();
    }

    /** One attempt, and what the trace has of it: step, host and reply. */
    private String attempt(Map<String, String> parameters) throws Exception {
        var envelope = new Envelope("alice@here.test", parameters, List.of(Envelope.Recipient.of("x@there.test")));
        var queueId = queue.submit(envelope, "Return-Path: <alice@here.test>\r\nSubject: hello\r\n\r\nsecret\r\n");
        if (over) {
            queue.sql("UPDATE queued_recipient SET expires = now() - interval '1 second'");
        }
        var resolver = dns.validating();
        var protections = TestTransport.protections(resolver, policy);
        var exchangers = new MailExchangers(resolver, "here.test", 25, address -> false, false, protections);
        var hosts = new RouteHosts(resolver, protections, "here.test", false);
        var routing = new Routing((domain, sender) -> Optional.empty(), exchangers, hosts, domain -> Optional.empty());
        queue.shift(new Delivery(routing, new Connecting(relays), Delivery.Signing.NONE), RetrySchedule.STANDARD)
                .turn(new Destination("there.test", () -> 20));
        return String.join(
                "\n",
                queue.rows("SELECT step, client, reply FROM trace WHERE queue_id = '" + queueId + "' ORDER BY at, id"));
    }

    private String attempt() throws Exception {
        return attempt(Map.of());
    }

    /** The report in the sender's INBOX on one line; empty where there is none. */
    private String report() throws Exception {
        return String.join("", queue.rows("""
                        SELECT convert_from(m.octets, 'UTF8') FROM mailbox_entry e JOIN message m ON m.id = e.message_id
                        """)).replaceAll("\\s+", " ");
    }

    private void publish(String mode) {
        policy = "version: STSv1\nmode: " + mode + "\nmx: *.test\nmax_age: 1000\n";
        for (var host : List.of("one.test", "two.test")) {
            relays.insecure(host, outcome(Kind.DEFERRED, 0, "4.7.5"), TlsTrouble.OTHER_NAME);
        }
    }

    @Test
    void signed_records_that_the_host_lives_up_to() throws Exception {
        dns.with(TLSA);
        assertThat(attempt()).startsWith("relayed one.test[192.0.2.1]:25 250");
        assertThat(report()).isEmpty();
    }

    @Test
    void signed_records_that_the_host_does_not_live_up_to() throws Exception {
        dns.with(TLSA).with(TLSA.replace("one", "two"));
        publish("none");
        assertThat(attempt()).startsWith("deferred two.test[192.0.2.2]:25 4.7.5");
        assertThat(report()).isEmpty();
    }

    @Test
    void records_that_were_tampered_with() throws Exception {
        dns.with(TLSA).tampered("_25._tcp.one.test").tampered("_25._tcp.two.test");
        dns.with(TLSA.replace("one", "two"));
        assertThat(attempt()).startsWith("deferred  4.7.5 DNSSEC: no answer for the TLSA records of ");
        assertThat(relays.asked).isEmpty();
        assertThat(report()).isEmpty();
    }

    @Test
    void exchangers_that_were_tampered_with_until_the_time_is_over() throws Exception {
        dns.tampered("there.test");
        over = true;
        assertThat(attempt()).startsWith("failed  4.4.7 DNS gave no answer for there.test");
        assertThat(report()).contains("Status: 4.4.7").contains("DNS gave no answer for there.test");
    }

    @Test
    void policy_in_force_that_no_host_meets_until_the_time_is_over() throws Exception {
        publish("enforce");
        assertThat(attempt()).startsWith("deferred two.test[192.0.2.2]:25 4.7.5 MTA-STS: ");
        assertThat(report()).isEmpty();
        queue.sql("DELETE FROM queued_message");
        over = true;
        assertThat(attempt()).startsWith("failed two.test[192.0.2.2]:25 4.4.7 MTA-STS: ");
        assertThat(report()).contains("Action: failed").contains("MTA-STS: trouble");
    }

    @Test
    void policy_under_test_and_policy_of_none_hold_nothing_back() throws Exception {
        for (var mode : List.of("testing", "none")) {
            publish(mode);
            assertThat(attempt()).startsWith("relayed one.test[192.0.2.1]:25 250");
        }
        assertThat(report()).isEmpty();
    }

    @Test
    void tls_that_is_required_and_not_to_be_had_rfc8689() throws Exception {
        publish("none");
        assertThat(attempt(Map.of("REQUIRETLS", "", "RET", "FULL")))
                .startsWith("failed two.test[192.0.2.2]:25 5.7.10 ")
                .contains("bounced");
        assertThat(report())
                .contains("Status: 5.7.10")
                .contains("Subject: hello")
                .doesNotContain("secret");
    }

    @Test
    void tls_that_is_required_of_hosts_that_do_not_promise_it_rfc8689() throws Exception {
        assertThat(attempt(Map.of("REQUIRETLS", ""))).startsWith("failed two.test[192.0.2.2]:25 5.7.30 ");
        assertThat(report()).contains("Status: 5.7.30");
    }
}
