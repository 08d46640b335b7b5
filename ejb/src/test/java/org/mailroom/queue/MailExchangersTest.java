package org.mailroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.contract.relay.RelayTarget;
import org.mailroom.dns.Dns;
import org.mailroom.dns.FakeDns;

/** RFC 5321 §5.1, with a name server of our own. */
class MailExchangersTest {
    private final FakeDns dns = new FakeDns();

    @AfterEach
    void close() {
        dns.close();
    }

    private MailExchangers exchangers() {
        var dnsClient = new Dns(List.of(dns.address()), Duration.ofMillis(300));
        return new MailExchangers(
                dnsClient,
                "mail.here.test",
                25,
                address -> address.getHostAddress().equals("192.0.2.99"),
                true);
    }

    private List<String> hosts(String domain) {
        return ((Way.Hosts) exchangers().find(domain))
                .targets().stream().map(RelayTarget::host).toList();
    }

    private Outcome trouble(String domain) {
        return ((Way.Blocked) exchangers().find(domain)).outcome();
    }

    @Test
    void the_lowest_preference_comes_first() {
        dns.with("there.test MX 20 second.there.test.").with("there.test MX 10 first.there.test.");
        dns.with("first.there.test A 192.0.2.1").with("second.there.test A 192.0.2.2");
        assertThat(hosts("there.test")).containsExactly("first.there.test", "second.there.test");
    }

    @Test
    void equals_are_shuffled() {
        for (var host : List.of("a", "b", "c")) {
            dns.with("there.test MX 10 " + host + ".there.test.").with(host + ".there.test A 192.0.2.1");
        }
        var exchangers = exchangers();
        var orders = new HashSet<List<RelayTarget>>();
        for (int i = 0; i < 60; i++) {
            orders.add(((Way.Hosts) exchangers.find("there.test")).targets());
        }
        assertThat(orders).hasSizeGreaterThan(2);
    }

    @Test
    void all_addresses_of_a_host_are_tried() {
        dns.with("there.test MX 10 mx.there.test.").with("mx.there.test A 192.0.2.1");
        dns.with("mx.there.test A 192.0.2.2").with("mx.there.test AAAA 2001:db8::1");
        var targets = ((Way.Hosts) exchangers().find("there.test")).targets();
        assertThat(targets.stream().map(RelayTarget::address))
                .containsExactlyInAnyOrder("192.0.2.1", "192.0.2.2", "2001:db8:0:0:0:0:0:1");
    }

    @Test
    void without_mx_the_domain_itself_is_the_host() {
        dns.with("there.test A 192.0.2.1");
        assertThat(hosts("there.test")).containsExactly("there.test");
    }

    @Test
    void an_alias_is_followed() {
        dns.with("alias.test CNAME there.test.")
                .with("there.test MX 10 mx.there.test.")
                .with("mx.there.test A 192.0.2.1");
        assertThat(hosts("alias.test")).containsExactly("mx.there.test");
    }

    @Test
    void a_null_mx_takes_no_mail_rfc7505() {
        dns.with("there.test MX 0 .").with("there.test A 192.0.2.1");
        assertThat(trouble("there.test").status()).isEqualTo("5.1.10");
        assertThat(trouble("there.test").kind()).isEqualTo(Outcome.Kind.FAILED);
    }

    @Test
    void a_domain_that_does_not_exist_fails() {
        assertThat(trouble("nowhere.test").status()).isEqualTo("5.1.2");
        assertThat(trouble("nowhere.test").kind()).isEqualTo(Outcome.Kind.FAILED);
    }

    @Test
    void a_domain_without_any_address_fails() {
        dns.with("there.test TXT nothing").with("mx.test MX 10 gone.mx.test.");
        assertThat(trouble("there.test").status()).isEqualTo("5.4.4");
        assertThat(trouble("mx.test").status()).isEqualTo("5.4.4");
    }

    @Test
    void servers_that_fail_or_stay_silent_defer() throws Exception {
        dns.failing("broken.test").silent("silent.test");
        dns.with("half.test MX 10 mx.half.test.").failing("mx.half.test");
        for (var domain : List.of("broken.test", "silent.test", "half.test")) {
            assertThat(trouble(domain).status()).isEqualTo("4.4.3");
            assertThat(trouble(domain).kind()).isEqualTo(Outcome.Kind.DEFERRED);
        }
    }

    @Test
    void mail_that_would_come_back_to_us_fails() {
        dns.with("byname.test MX 10 mail.here.test.");
        dns.with("byaddress.test MX 10 mx.byaddress.test.").with("mx.byaddress.test A 192.0.2.99");
        assertThat(trouble("byname.test").status()).isEqualTo("5.4.6");
        assertThat(trouble("byaddress.test").status()).isEqualTo("5.4.6");
    }

    @Test
    void as_a_backup_we_send_only_to_better_ones() {
        dns.with("there.test MX 10 best.there.test.").with("there.test MX 20 mail.here.test.");
        dns.with("there.test MX 30 worse.there.test.");
        dns.with("best.there.test A 192.0.2.1").with("worse.there.test A 192.0.2.2");
        assertThat(hosts("there.test")).containsExactly("best.there.test");
    }

    @Test
    void an_address_literal_needs_no_dns() {
        var target = ((Way.Hosts) exchangers().find("[192.0.2.7]")).targets().getFirst();
        assertThat(target.address()).isEqualTo("192.0.2.7");
        assertThat(((Way.Hosts) exchangers().find("[ipv6:2001:db8::7]"))
                        .targets()
                        .getFirst()
                        .address())
                .isEqualTo("2001:db8:0:0:0:0:0:7");
        assertThat(trouble("[x]").status()).isEqualTo("5.1.2");
        assertThat(trouble("[192.0.2.99]").status()).isEqualTo("5.4.6");
    }

    @Test
    void a_name_that_dns_cannot_have_fails() {
        assertThat(trouble("a..b").status()).isEqualTo("5.1.2");
        assertThat(trouble("x".repeat(70) + ".test").status()).isEqualTo("5.1.2");
    }
}
