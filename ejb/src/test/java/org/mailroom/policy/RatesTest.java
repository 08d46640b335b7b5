package org.mailroom.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.mailroom.TestConfig;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.receive.Client;
import org.mailroom.directory.Resolution;
import org.mailroom.receive.Clients;

class RatesTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-06T12:00:00Z"));

    private Rates rates(int address, int user, int domain, String... exempt) {
        var networks = List.of(exempt).stream().map(Network::parse).toList();
        return new Rates(new RateSettings(address, user, domain, Duration.ofHours(1), networks), now::get);
    }

    private static Decision mail(Rates rates, String address) {
        return rates.sender(new Question.Sender(
                Clients.stranger("x.test", address), Envelope.of("a@there.test", List.of()), new Facts()));
    }

    private static Decision rcpt(Rates rates, Client client, String from) {
        return rates.recipient(new Question.Recipient(
                client,
                Envelope.of(from, List.of()),
                Envelope.Recipient.of("bob@here.test"),
                new Resolution.NotOurs("there.test"),
                new Facts()));
    }

    @Test
    void an_address_that_sent_its_share_waits_and_others_do_not() {
        var rates = rates(3, 0, 0);
        for (int i = 0; i < 3; i++) {
            assertThat(mail(rates, "192.0.2.1")).isEqualTo(Decision.NONE);
        }
        var no = mail(rates, "192.0.2.1");
        assertThat(no.action()).isEqualTo(Decision.Action.DEFER);
        assertThat(no.rule()).isEqualTo("rate of address");
        assertThat(no.text()).isEqualTo("Too much mail in a short time (rate of address); try again in 1200 seconds");
        assertThat(mail(rates, "192.0.2.2")).isEqualTo(Decision.NONE);
        now.updateAndGet(time -> time.plusSeconds(1200));
        assertThat(mail(rates, "192.0.2.1")).isEqualTo(Decision.NONE);
        assertThat(mail(rates, "192.0.2.1").action()).isEqualTo(Decision.Action.DEFER);
    }

    @Test
    void a_network_of_one_owner_is_one_address() {
        var rates = rates(1, 0, 0);
        assertThat(mail(rates, "2001:db8::1")).isEqualTo(Decision.NONE);
        assertThat(mail(rates, "2001:db8::2").action()).isEqualTo(Decision.Action.DEFER);
    }

    @Test
    void a_user_has_so_many_recipients_and_a_domain_too() {
        var rates = rates(0, 2, 3);
        var user = Clients.user(1);
        assertThat(rcpt(rates, user, "alice@here.test")).isEqualTo(Decision.NONE);
        assertThat(rcpt(rates, user, "alice@here.test")).isEqualTo(Decision.NONE);
        assertThat(rcpt(rates, user, "alice@here.test").rule()).isEqualTo("rate of user");
        var stranger = Clients.stranger("x.test", "192.0.2.1");
        assertThat(rcpt(rates, stranger, "x@HERE.test")).isEqualTo(Decision.NONE);
        assertThat(rcpt(rates, stranger, "y@here.test").rule()).isEqualTo("rate of domain");
        assertThat(rcpt(rates, stranger, "")).isEqualTo(Decision.NONE);
    }

    @Test
    void exempt_networks_send_what_they_like() {
        var rates = rates(1, 1, 1, "192.0.2.0/24");
        for (int i = 0; i < 5; i++) {
            assertThat(mail(rates, "192.0.2.1")).isEqualTo(Decision.NONE);
            assertThat(rcpt(rates, Clients.user(1), "alice@here.test")).isEqualTo(Decision.NONE);
        }
    }

    @Test
    void by_default_only_users_are_limited() {
        var settings = RateSettings.of(TestConfig.of(Map.of()));
        assertThat(List.of(settings.address(), settings.user(), settings.domain()))
                .containsExactly(0, 20_000, 0);
    }
}
