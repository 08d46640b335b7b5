package org.mailroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.relay.RelayTarget;
import org.mailroom.contract.relay.TlsDemand;
import org.mailroom.contract.relay.TlsDemand.Level;
import org.mailroom.directory.RouteHold;
import org.mailroom.directory.RoutePlan;
import org.mailroom.directory.RouteTarget;
import org.mailroom.directory.RouteTls;
import org.mailroom.dns.FakeDns;
import org.mailroom.transport.TestTransport;

/** Where a route leads, and how the hosts there prove who they are. */
class RouteHostsTest {
    private final FakeDns dns = new FakeDns().signed().with("hub.test A 192.0.2.7");

    @AfterEach
    void close() {
        dns.close();
    }

    private Way find(String target, RouteTls tls, String login) throws Exception {
        var resolver = dns.validating();
        var hosts = new RouteHosts(resolver, TestTransport.protections(resolver, ""), "here.test", false);
        return hosts.find(new RoutePlan("*", "", RouteTarget.parseAll(target), tls, login, login, RouteHold.NONE));
    }

    private List<RelayTarget> targets(String target, RouteTls tls, String login) throws Exception {
        return ((Way.Hosts) find(target, tls, login)).targets();
    }

    @Test
    void host_is_found_in_dns_and_proves_itself_as_its_records_say() throws Exception {
        assertThat(targets("smtp://hub.test:587", RouteTls.MAY, ""))
                .containsExactly(new RelayTarget("hub.test", "192.0.2.7", 587, "here.test", TlsDemand.OPPORTUNISTIC));
        dns.with("_587._tcp.hub.test TLSA 3 1 1 " + "ab".repeat(32));
        assertThat(targets("smtp://hub.test:587", RouteTls.MAY, "")
                        .getFirst()
                        .tls()
                        .level())
                .isEqualTo(Level.DANE);
    }

    @Test
    void password_is_not_sent_in_the_clear() throws Exception {
        assertThat(targets("smtp://hub.test:587", RouteTls.MAY, "us").getFirst().tls())
                .isEqualTo(TlsDemand.ENCRYPTED);
        assertThat(targets("smtps://hub.test:465", RouteTls.VERIFY, "us")
                        .getFirst()
                        .tls())
                .isEqualTo(TlsDemand.VERIFIED.fromTheStart());
    }

    @Test
    void nobody_is_asked_without_the_password_that_cannot_be_read() throws Exception {
        var hosts =
                new RouteHosts(dns.validating(), TestTransport.protections(dns.validating(), ""), "here.test", false);
        var plan = new RoutePlan(
                "*", "", RouteTarget.parseAll("smtp://hub.test:587"), RouteTls.MAY, "us", "", RouteHold.NONE);
        assertThat(hosts.find(plan))
                .isInstanceOfSatisfying(
                        Way.Blocked.class,
                        way -> assertThat(way.outcome().status()).isEqualTo("4.3.5"));
    }

    @Test
    void dane_that_is_demanded_and_not_to_be_had_holds_mail_back() throws Exception {
        assertThat(((Way.Blocked) find("smtp://hub.test:25", RouteTls.DANE, ""))
                        .outcome()
                        .status())
                .isEqualTo("4.7.4");
    }

    @Test
    void names_that_this_machine_knows_by_itself_count_too() throws Exception {
        assertThat(targets("smtp://127.0.0.1:25 smtp://localhost:26", RouteTls.NONE, ""))
                .extracting(RelayTarget::address)
                .contains("127.0.0.1");
        assertThat(((Way.Blocked) find("smtp://nowhere.test:25", RouteTls.MAY, ""))
                        .outcome()
                        .text())
                .contains("No host of the route");
    }

    /** A TLS report to a domain tells of its own hosts only. */
    @Test
    void hosts_of_a_route_are_not_reported_to_the_domain() throws Exception {
        assertThat(((Way.Hosts) find("smtp://hub.test:25", RouteTls.MAY, "")).hops())
                .noneMatch(Hop::reported);
    }
}
