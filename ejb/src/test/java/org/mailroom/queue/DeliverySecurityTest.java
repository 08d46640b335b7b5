package org.mailroom.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.queue.ScriptedRelays.outcome;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.relay.Outcome.Kind;
import org.mailroom.contract.relay.TlsDemand.Level;
import org.mailroom.contract.relay.TlsTrouble;
import org.mailroom.dns.FakeDns;
import org.mailroom.transport.Demand;
import org.mailroom.transport.Protections;
import org.mailroom.transport.TestTransport;

/** Hosts that must prove who they are, and do not. */
class DeliverySecurityTest {
    private final FakeDns dns = new FakeDns()
            .signed()
            .with("there.test MX 10 one.test.")
            .with("there.test MX 20 two.test.")
            .with("one.test A 192.0.2.1")
            .with("two.test A 192.0.2.2");
    private final ScriptedRelays relays = new ScriptedRelays();
    private String policy = "";
    private Map<String, String> parameters = Map.of();

    @AfterEach
    void close() {
        dns.close();
    }

    private Attempt send() {
        return send(DeliveryTest.batch(parameters, "x@there.test"));
    }

    private Attempt send(Batch batch) {
        var resolver = dns.validating();
        var exchangers = new MailExchangers(
                resolver, "here.test", 25, address -> false, false, TestTransport.protections(resolver, policy));
        var hosts = new RouteHosts(resolver, Protections.none(resolver), "here.test", false);
        var delivery = new Delivery(
                new Routing((domain, sender) -> Optional.empty(), exchangers, hosts, domain -> Optional.empty()),
                new Connecting(relays),
                Delivery.Signing.NONE);
        return delivery.send(batch, MessageSource.of(new byte[0]));
    }

    private static String sts(String mode, String host) {
        return "version: STSv1\nmode: " + mode + "\nmx: " + host + "\nmax_age: 1000\n";
    }

    private List<Level> levels() {
        return relays.targets.stream().map(target -> target.tls().level()).toList();
    }

    @Test
    void host_with_tlsa_records_is_asked_for_that_certificate() {
        dns.with("_25._tcp.one.test TLSA 3 1 1 " + "ab".repeat(32));
        assertThat(send().results().getFirst().outcome().kind()).isEqualTo(Kind.DELIVERED);
        assertThat(levels()).containsExactly(Level.DANE);
    }

    @Test
    void host_with_the_wrong_certificate_is_passed_over() {
        dns.with("_25._tcp.one.test TLSA 3 1 1 " + "ab".repeat(32));
        relays.insecure("one.test", outcome(Kind.DEFERRED, 0, "4.7.5"), TlsTrouble.NO_MATCH);
        var result = send().results().getFirst();
        assertThat(result.outcome().kind()).isEqualTo(Kind.DELIVERED);
        assertThat(result.host()).startsWith("two.test");
        assertThat(levels()).containsExactly(Level.DANE, Level.OPPORTUNISTIC);
    }

    @Test
    void bogus_tlsa_records_hold_mail_back() throws Exception {
        dns.with("_25._tcp.one.test TLSA 3 1 1 " + "ab".repeat(32)).tampered("_25._tcp.one.test");
        dns.with("_25._tcp.two.test TLSA 3 1 1 " + "ab".repeat(32)).tampered("_25._tcp.two.test");
        var outcome = send().results().getFirst().outcome();
        assertThat(outcome.kind()).isEqualTo(Kind.DEFERRED);
        assertThat(outcome.text()).startsWith("DNSSEC: no answer for the TLSA records of");
        assertThat(relays.asked).isEmpty();
    }

    @Test
    void bogus_exchangers_hold_mail_back() throws Exception {
        dns.tampered("there.test");
        assertThat(send().results().getFirst().outcome().status()).isEqualTo("4.4.3");
        assertThat(relays.asked).isEmpty();
    }

    @Test
    void policy_in_force_names_itself_where_a_host_fails_it() {
        policy = sts("enforce", "*.test");
        relays.insecure("one.test", outcome(Kind.DEFERRED, 0, "4.7.5"), TlsTrouble.OTHER_NAME);
        relays.insecure("two.test", outcome(Kind.DEFERRED, 0, "4.7.5"), TlsTrouble.OTHER_NAME);
        var outcome = send().results().getFirst().outcome();
        assertThat(outcome.kind()).isEqualTo(Kind.DEFERRED);
        assertThat(outcome.text()).startsWith("MTA-STS: ");
        assertThat(levels()).containsExactly(Level.VERIFIED, Level.VERIFIED);
    }

    @Test
    void host_that_the_policy_does_not_name_is_not_asked() {
        policy = sts("enforce", "two.test");
        assertThat(send().results().getFirst().outcome().kind()).isEqualTo(Kind.DELIVERED);
        assertThat(relays.asked).containsExactly("two.test");
    }

    @Test
    void policy_under_test_lets_mail_flow() {
        policy = sts("testing", "*.test");
        relays.insecure("one.test", outcome(Kind.DEFERRED, 0, "4.7.5"), TlsTrouble.EXPIRED);
        var result = send().results().getFirst();
        assertThat(result.outcome().kind()).isEqualTo(Kind.DELIVERED);
        assertThat(result.host()).startsWith("one.test");
        assertThat(levels()).containsExactly(Level.VERIFIED, Level.OPPORTUNISTIC);
    }

    @Test
    void required_tls_needs_somebody_who_vouches_for_the_host() throws Exception {
        parameters = Map.of("REQUIRETLS", "");
        relays.offering(
                "one.test", new org.mailroom.contract.relay.Extensions(Map.of("REQUIRETLS", "", "8BITMIME", "")));
        assertThat(send().results().getFirst().outcome().kind()).isEqualTo(Kind.DELIVERED);
        assertThat(levels()).containsExactly(Level.VERIFIED);
        dns.unsigned("test");
        relays.asked.clear();
        var outcome = send().results().getFirst().outcome();
        assertThat(outcome.kind()).isEqualTo(Kind.FAILED);
        assertThat(outcome.status()).isEqualTo("5.7.30");
        assertThat(relays.asked).isEmpty();
    }

    @Test
    void hosts_that_do_not_promise_it_fail_it_for_good_when_all_do() {
        parameters = Map.of("REQUIRETLS", "");
        var outcome = send().results().getFirst().outcome();
        assertThat(outcome.kind()).isEqualTo(Kind.FAILED);
        assertThat(outcome.status()).isEqualTo("5.7.30");
        assertThat(relays.asked).containsExactly("one.test", "two.test");
    }

    @Test
    void required_tls_that_is_not_to_be_had_fails_for_good_rfc8689() {
        parameters = Map.of("REQUIRETLS", "");
        relays.insecure("one.test", outcome(Kind.DEFERRED, 0, "4.7.4"), TlsTrouble.NOT_OFFERED);
        relays.insecure("two.test", outcome(Kind.DEFERRED, 0, "4.7.5"), TlsTrouble.OTHER_NAME);
        var outcome = send().results().getFirst().outcome();
        assertThat(outcome.kind()).isEqualTo(Kind.FAILED);
        assertThat(outcome.status()).isEqualTo("5.7.10");
        relays.insecure("two.test", outcome(Kind.DEFERRED, 0, "4.7.5"), TlsTrouble.HANDSHAKE);
        assertThat(send().results().getFirst().outcome().kind()).isEqualTo(Kind.DEFERRED);
    }

    @Test
    void report_goes_on_although_the_demand_is_not_met_rfc8689() throws Exception {
        parameters = Map.of("REQUIRETLS", "");
        relays.insecure("one.test", outcome(Kind.DEFERRED, 0, "4.7.4"), TlsTrouble.NOT_OFFERED);
        assertThat(send(DeliveryTest.batch("", parameters, "x@there.test"))
                        .results()
                        .getFirst()
                        .outcome()
                        .kind())
                .isEqualTo(Kind.DELIVERED);
        assertThat(levels()).containsExactly(Level.VERIFIED, Level.OPPORTUNISTIC);
    }

    @Test
    void sender_may_want_it_sent_whatever_the_domain_publishes_rfc8689() {
        parameters = Map.of(Wishes.TLS_OPTIONAL, "");
        dns.with("_25._tcp.one.test TLSA 3 1 1 " + "ab".repeat(32));
        policy = sts("enforce", "other.test");
        assertThat(send().results().getFirst().outcome().kind()).isEqualTo(Kind.DELIVERED);
        assertThat(levels()).containsExactly(Level.OPPORTUNISTIC);
    }

    @Test
    void demand_of_a_domain_is_heard() {
        var resolver = dns.validating();
        var way = new MailExchangers(
                        resolver, "here.test", 25, address -> false, false, TestTransport.protections(resolver, ""))
                .find("there.test", Optional.of(Demand.ENCRYPT));
        assertThat(((Way.Hosts) way).targets()).allMatch(target -> target.tls().level() == Level.ENCRYPTED);
    }
}
