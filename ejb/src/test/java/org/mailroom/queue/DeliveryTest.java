package org.mailroom.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mailroom.queue.ScriptedRelays.outcome;
import static org.mailroom.queue.ScriptedRelays.taken;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.relay.Extensions;
import org.mailroom.contract.relay.Outcome.Kind;
import org.mailroom.dns.Dns;
import org.mailroom.dns.FakeDns;
import org.mailroom.queue.Attempt.Contact;
import org.mailroom.transport.Protections;

class DeliveryTest {
    private final FakeDns dns = new FakeDns()
            .with("there.test MX 10 one.test.")
            .with("there.test MX 20 two.test.")
            .with("one.test A 192.0.2.1")
            .with("two.test A 192.0.2.2");
    private final ScriptedRelays relays = new ScriptedRelays();
    private final Batch batch = batch("x@there.test", "y@there.test");

    @AfterEach
    void close() {
        dns.close();
    }

    static Batch batch(String... addresses) {
        return batch(Map.of(), addresses);
    }

    static Batch batch(Map<String, String> parameters, String... addresses) {
        return batch("a@here.test", parameters, addresses);
    }

    static Batch batch(String reversePath, Map<String, String> parameters, String... addresses) {
        var addressees = new java.util.ArrayList<Batch.Addressee>();
        for (var address : addresses) {
            addressees.add(new Batch.Addressee(addressees.size() + 1L, address, Map.of(), 0));
        }
        var now = Instant.parse("2026-03-01T12:00:00Z");
        return new Batch(
                1,
                "Q1",
                1,
                100,
                50,
                "1@here.test",
                "hello",
                reversePath,
                parameters,
                now,
                now.plus(Duration.ofDays(5)),
                "there.test",
                true,
                addressees);
    }

    private Attempt send() {
        return delivery(Delivery.Signing.NONE).send(batch, MessageSource.of(new byte[0]));
    }

    private Delivery delivery(Delivery.Signing signing) {
        var dnsClient = new Dns(List.of(dns.address()), Duration.ofMillis(300));
        var exchangers = new MailExchangers(dnsClient, "here.test", 25, address -> false, false);
        var hosts = new RouteHosts(dnsClient, Protections.none(dnsClient), "here.test", false);
        return new Delivery(
                new Routing((domain, sender) -> Optional.empty(), exchangers, hosts, domain -> Optional.empty()),
                new Connecting(relays),
                signing);
    }

    private static List<Kind> kinds(Attempt attempt) {
        return attempt.results().stream().map(result -> result.outcome().kind()).toList();
    }

    @Test
    void what_is_signed_is_what_the_host_gets() throws Exception {
        relays.offering("one.test", new Extensions(Map.of()));
        var signed = new ArrayList<String>();
        var delivery = delivery((content, envelope) -> {
            try (var in = content.open()) {
                signed.add(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
            }
            return MessageSource.of(("Signed: yes\r\n" + signed.getFirst()).getBytes(StandardCharsets.ISO_8859_1));
        });
        var text = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                + "Content-Transfer-Encoding: 8bit\r\n\r\ncaf\u00c3\u00a9\r\n";
        delivery.send(batch, MessageSource.of(text.getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(signed.getFirst()).contains("base64").contains("Y2Fmw6k");
        assertThat(relays.sent.getFirst().content()).isEqualTo("Signed: yes\r\n" + signed.getFirst());
    }

    @Test
    void the_best_host_takes_it_and_nobody_else_is_asked() {
        var attempt = send();
        assertThat(kinds(attempt)).containsOnly(Kind.DELIVERED);
        assertThat(attempt.contact()).isEqualTo(Contact.TALKED);
        assertThat(relays.asked).containsExactly("one.test");
        assertThat(attempt.results().getFirst().host()).isEqualTo("one.test[192.0.2.1]:25");
    }

    @Test
    void a_dead_primary_is_passed_over() {
        relays.closed("one.test", outcome(Kind.DEFERRED, 0, "4.4.1"));
        assertThat(kinds(send())).containsOnly(Kind.DELIVERED);
        assertThat(relays.asked).containsExactly("one.test", "two.test");
    }

    @Test
    void a_host_that_refuses_us_for_good_is_passed_over_too() {
        relays.closed("one.test", outcome(Kind.FAILED, 554, "5.7.1"));
        assertThat(kinds(send())).containsOnly(Kind.DELIVERED);
    }

    @Test
    void all_hosts_down_is_silence() {
        relays.closed("one.test", outcome(Kind.DEFERRED, 0, "4.4.1"));
        relays.closed("two.test", outcome(Kind.DEFERRED, 0, "4.4.1"));
        var attempt = send();
        assertThat(kinds(attempt)).containsOnly(Kind.DEFERRED);
        assertThat(attempt.contact()).isEqualTo(Contact.SILENT);
    }

    @Test
    void refused_by_one_for_good_and_the_other_down_waits() {
        relays.closed("one.test", outcome(Kind.FAILED, 554, "5.7.1"));
        relays.closed("two.test", outcome(Kind.DEFERRED, 0, "4.4.1"));
        assertThat(kinds(send())).containsOnly(Kind.DEFERRED);
    }

    @Test
    void refused_by_all_for_good_fails() {
        relays.closed("one.test", outcome(Kind.FAILED, 554, "5.7.1"));
        relays.closed("two.test", outcome(Kind.FAILED, 554, "5.7.1"));
        var attempt = send();
        assertThat(kinds(attempt)).containsOnly(Kind.FAILED);
        assertThat(attempt.contact()).isEqualTo(Contact.TURNED_AWAY);
    }

    @Test
    void only_those_who_were_put_off_are_offered_to_the_next_host() {
        relays.answering("one.test", to -> to.startsWith("x") ? taken() : outcome(Kind.DEFERRED, 450, "4.7.1"));
        relays.answering("two.test", to -> outcome(Kind.FAILED, 550, "5.1.1"));
        assertThat(kinds(send())).containsExactly(Kind.DELIVERED, Kind.FAILED);
        assertThat(relays.sent.getLast().envelope().recipients()).hasSize(1);
    }

    /** Or who has it already would get it again with the others. */
    @Test
    void what_a_host_took_is_known_though_we_fail_at_the_next() {
        relays.answering("one.test", to -> to.startsWith("x") ? taken() : outcome(Kind.DEFERRED, 450, "4.7.1"));
        var times = new AtomicInteger();
        var attempt = delivery((content, envelope) -> {
                    if (times.incrementAndGet() > 1) {
                        throw new IOException("the store is away");
                    }
                    return content;
                })
                .send(batch, MessageSource.of(new byte[0]));
        assertThat(relays.asked).containsExactly("one.test", "two.test");
        assertThat(kinds(attempt)).containsExactly(Kind.DELIVERED, Kind.DEFERRED);
        assertThat(attempt.results().getLast().outcome().status())
                .as("what a host said tells more")
                .isEqualTo("4.7.1");
    }

    @Test
    void where_nobody_took_anything_our_own_trouble_is_seen_as_such() {
        relays.closed("one.test", outcome(Kind.DEFERRED, 0, "4.4.1"));
        var delivery = delivery((content, envelope) -> {
            throw new IOException("the store is away");
        });
        assertThatThrownBy(() -> delivery.send(batch, MessageSource.of(new byte[0])))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void what_may_have_arrived_is_not_offered_to_the_next_host() {
        relays.answering("one.test", to -> outcome(Kind.UNKNOWN, 0, "4.4.2"));
        assertThat(kinds(send())).containsOnly(Kind.UNKNOWN);
        assertThat(relays.asked).containsExactly("one.test");
    }

    @Test
    void the_reply_to_a_recipient_outlives_the_next_hosts_silence() {
        relays.answering("one.test", to -> outcome(Kind.DEFERRED, 450, "4.7.1"));
        relays.closed("two.test", outcome(Kind.DEFERRED, 0, "4.4.1"));
        assertThat(send().results())
                .allMatch(result -> result.outcome().status().equals("4.7.1"));
    }
}
