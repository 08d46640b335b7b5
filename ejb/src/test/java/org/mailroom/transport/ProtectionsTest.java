package org.mailroom.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.relay.Authorities;
import org.mailroom.contract.relay.TlsDemand;
import org.mailroom.contract.relay.Tlsa;
import org.mailroom.dns.FakeDns;

/** RFC 7672 §2, RFC 8461 §5: what is wanted of a host. */
class ProtectionsTest {
    private static final String HASH = "aa".repeat(32);

    private final FakeDns server = new FakeDns().signed();
    private Optional<StsPolicy> policy = Optional.empty();

    @AfterEach
    void close() {
        server.close();
    }

    private Protections protections() {
        var settings = new TransportSettings(
                Demand.MAY,
                true,
                true,
                Duration.ofSeconds(1),
                false,
                "",
                "us.test",
                Duration.ofDays(60),
                Authorities.OF_PLATFORM);
        return new Protections(server.validating(), domain -> policy, settings);
    }

    private Decision decide(boolean secure, boolean signed, Demand demand) {
        return protections()
                .of("there.test", secure, Optional.of(demand))
                .host("mx.there.test", 25, signed, "mx.there.test");
    }

    private Protection use(boolean secure, boolean signed, Demand demand) {
        return ((Decision.Use) decide(secure, signed, demand)).protection();
    }

    private Protection use(Demand demand) {
        return use(true, true, demand);
    }

    private void publish(String mode, String host) {
        policy = StsPolicy.parse("version: STSv1\nmode: " + mode + "\nmx: " + host + "\nmax_age: 1000\n");
    }

    @Test
    void signed_tlsa_records_say_which_certificate_is_right() {
        server.with("_25._tcp.mx.there.test TLSA 3 1 1 " + HASH);
        var protection = use(Demand.MAY);
        assertThat(protection.demand().level()).isEqualTo(TlsDemand.Level.DANE);
        assertThat(protection.demand().records()).containsExactly(new Tlsa(3, 1, 1, HASH));
        assertThat(protection.demand().names()).containsExactly("mx.there.test", "there.test");
        assertThat(protection.kind()).isEqualTo(Protection.Kind.TLSA);
    }

    @Test
    void tlsa_records_mean_nothing_without_signatures_all_along() throws Exception {
        server.with("_25._tcp.mx.there.test TLSA 3 1 1 " + HASH);
        assertThat(use(false, true, Demand.MAY).demand()).isEqualTo(TlsDemand.OPPORTUNISTIC);
        assertThat(use(true, false, Demand.MAY).demand()).isEqualTo(TlsDemand.OPPORTUNISTIC);
        server.unsigned("there.test");
        assertThat(use(Demand.MAY).demand()).isEqualTo(TlsDemand.OPPORTUNISTIC);
    }

    @Test
    void host_whose_tlsa_records_were_tampered_with_gets_nothing() throws Exception {
        server.with("_25._tcp.mx.there.test TLSA 3 1 1 " + HASH).tampered("_25._tcp.mx.there.test");
        assertThat(decide(true, true, Demand.MAY)).isInstanceOfSatisfying(Decision.Skip.class, skip -> {
            assertThat(skip.status()).isEqualTo("4.7.5");
            assertThat(skip.why()).startsWith("DNSSEC: no answer for the TLSA records of mx.there.test");
        });
    }

    @Test
    void records_of_which_none_is_usable_still_demand_tls() {
        server.with("_25._tcp.mx.there.test TLSA 1 1 1 " + HASH);
        assertThat(use(Demand.MAY).demand()).isEqualTo(TlsDemand.ENCRYPTED);
        assertThat(use(Demand.VERIFY).demand()).isEqualTo(TlsDemand.VERIFIED);
        assertThat(decide(true, true, Demand.DANE)).isInstanceOf(Decision.Skip.class);
    }

    @Test
    void operator_may_want_more_and_may_switch_all_off() {
        assertThat(use(Demand.ENCRYPT).demand()).isEqualTo(TlsDemand.ENCRYPTED);
        assertThat(use(Demand.VERIFY).demand()).isEqualTo(TlsDemand.VERIFIED);
        assertThat(decide(true, true, Demand.DANE)).isInstanceOf(Decision.Skip.class);
        server.with("_25._tcp.mx.there.test TLSA 3 1 1 " + HASH);
        assertThat(use(Demand.NONE).demand()).isEqualTo(TlsDemand.NEVER);
    }

    @Test
    void policy_in_force_allows_its_hosts_only_and_with_a_valid_certificate() {
        publish("enforce", "*.there.test");
        assertThat(use(false, false, Demand.MAY).demand()).isEqualTo(TlsDemand.VERIFIED);
        assertThat(use(false, false, Demand.MAY).vouched()).isTrue();
        publish("enforce", "mx2.there.test");
        assertThat(decide(false, false, Demand.MAY))
                .isEqualTo(new Decision.Skip(
                        Protection.Kind.STS,
                        "validation-failure",
                        "4.7.5",
                        "MTA-STS: the policy of there.test does not name mx.there.test"));
    }

    @Test
    void policy_that_is_tested_holds_no_mail_back() {
        publish("testing", "mx.there.test");
        assertThat(use(false, false, Demand.MAY).testing()).isTrue();
        assertThat(use(false, false, Demand.MAY).vouched()).isFalse();
        assertThat(use(false, false, Demand.VERIFY).testing()).isFalse();
        assertThat(use(false, false, Demand.ENCRYPT).demand()).isEqualTo(TlsDemand.ENCRYPTED);
        publish("testing", "mx2.there.test");
        assertThat(use(false, false, Demand.MAY).demand()).isEqualTo(TlsDemand.OPPORTUNISTIC);
        assertThat(use(false, false, Demand.MAY).testing()).isTrue();
        assertThat(use(false, false, Demand.ENCRYPT).demand()).isEqualTo(TlsDemand.ENCRYPTED);
        publish("none", "mx.there.test");
        assertThat(use(false, false, Demand.MAY).demand()).isEqualTo(TlsDemand.OPPORTUNISTIC);
    }

    @Test
    void records_are_looked_for_at_the_end_of_aliases_first_rfc7672() {
        server.with("_25._tcp.mx.there.test TLSA 3 1 1 " + HASH);
        var security = protections().of("there.test", true, Optional.empty());
        var other = (Decision.Use) security.host("mx.there.test", 25, true, "host.there.test");
        assertThat(other.protection().demand().records()).containsExactly(new Tlsa(3, 1, 1, HASH));
        server.with("_25._tcp.host.there.test TLSA 2 1 1 " + HASH);
        var own = (Decision.Use) protections()
                .of("there.test", true, Optional.empty())
                .host("mx.there.test", 25, true, "host.there.test");
        assertThat(own.protection().demand().records()).containsExactly(new Tlsa(2, 1, 1, HASH));
        assertThat(own.protection().demand().names()).containsExactly("host.there.test", "mx.there.test", "there.test");
    }

    @Test
    void host_of_a_route_has_no_policy_and_may_have_records() {
        publish("enforce", "mx2.there.test");
        server.with("_587._tcp.hub.there.test TLSA 3 1 1 " + HASH);
        var hub =
                protections().ofHost("hub.there.test", Demand.MAY).host("hub.there.test", 587, true, "hub.there.test");
        assertThat(((Decision.Use) hub).protection().demand().level()).isEqualTo(TlsDemand.Level.DANE);
        var plain = protections().ofHost("mx.there.test", Demand.MAY).host("mx.there.test", 25, false, "mx.there.test");
        assertThat(((Decision.Use) plain).protection().demand()).isEqualTo(TlsDemand.OPPORTUNISTIC);
        assertThat(((Decision.Use) plain).protection().vouched()).isTrue();
    }

    @Test
    void sender_who_wants_no_policy_gets_what_the_operator_wants() {
        publish("enforce", "mx2.there.test");
        assertThat(use(true, true, Demand.TRY).demand()).isEqualTo(TlsDemand.OPPORTUNISTIC);
        var settings = new TransportSettings(
                Demand.VERIFY,
                true,
                true,
                Duration.ofSeconds(1),
                false,
                "",
                "us.test",
                Duration.ofDays(60),
                Authorities.OF_PLATFORM);
        var strict = new Protections(server.validating(), domain -> Optional.empty(), settings)
                .of("there.test", true, Optional.of(Demand.TRY))
                .host("mx.there.test", 25, true, "mx.there.test");
        assertThat(((Decision.Use) strict).protection().demand()).isEqualTo(TlsDemand.VERIFIED);
    }

    @Test
    void dane_goes_before_the_policy() {
        publish("enforce", "mx2.there.test");
        server.with("_25._tcp.mx.there.test TLSA 3 1 1 " + HASH);
        assertThat(use(Demand.MAY).kind()).isEqualTo(Protection.Kind.TLSA);
    }
}
