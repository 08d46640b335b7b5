package org.mailroom.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.Reason;
import org.mailroom.contract.receive.Client;
import org.mailroom.contract.receive.QueueRun;
import org.mailroom.queue.DeliveryAgent;
import org.mailroom.queue.Outlook;

/** Who may start the queue of a domain by ETRN (RFC 1985), and what VERB says of such domains. */
class QueueStartTest {
    private final DataSource database = TestDatabase.fresh();
    private final TestHouse house = new TestHouse(database);

    @BeforeEach
    void domains() throws SQLException {
        house.put(DeliveryAgent.class, new DeliveryAgent() {
            @Override
            public Outlook outlook(String domain, String sender) {
                return switch (domain) {
                    case "dial-up.test" -> new Outlook("route", hosts("192.0.2.7"), "");
                    case "silent.test" -> new Outlook("mx", List.of(), "4.4.3 DNS gave no answer");
                    case "nowhere.test" -> new Outlook("mx", List.of(), "5.1.2 The domain does not exist");
                    default -> new Outlook("mx", hosts("192.0.2.1", "2001:db8::1"), "");
                };
            }
        });
        sql(
                "INSERT INTO domain (name, kind) VALUES ('backed-up.test', 'relay'), ('dial-up.test', 'relay'), ('silent.test', 'relay')");
        sql("INSERT INTO route (domain, target, hold) VALUES ('dial-up.test', 'smtp://192.0.2.7:25', 'etrn')");
    }

    private static List<Outlook.Host> hosts(String... addresses) {
        return Stream.of(addresses)
                .map(address -> new Outlook.Host("mx.test", address, 25, "smtp", "may", List.of()))
                .toList();
    }

    private void sql(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> rows(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    private static Client host(String address, boolean trusted) {
        return new Client(
                "s1",
                Protocol.SMTP,
                new InetSocketAddress(address, 4321),
                trusted,
                "host.test",
                true,
                null,
                null,
                null,
                null,
                Instant.EPOCH);
    }

    private QueueRun etrn(Client client, String domain) throws Exception {
        return house.inTransaction(() -> house.bean(MailReceiverEndpoint.class).runQueue(client, domain));
    }

    private void accept(String to, Map<String, String> parameters) throws Exception {
        var source = MessageSource.of("Subject: hi\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        var envelope = new Envelope("a@there.test", parameters, List.of(Envelope.Recipient.of(to)));
        house.inTransaction(() -> house.bean(MailReceiverEndpoint.class)
                .accept(Clients.stranger("there.test", "192.0.2.99"), envelope, source));
    }

    private void park() throws SQLException {
        sql("UPDATE queued_recipient SET state = 'held', held_by = '' WHERE domain = 'dial-up.test'");
        sql("UPDATE queued_recipient SET next_attempt = now() + interval '1 hour' WHERE domain <> 'dial-up.test'");
    }

    @Test
    void the_host_of_a_route_starts_what_is_held_for_it() throws Exception {
        accept("x@dial-up.test", Map.of());
        accept("y@backed-up.test", Map.of());
        park();
        assertThat(etrn(host("192.0.2.7", false), "DIAL-UP.test")).isEqualTo(new QueueRun.Started(1));
        assertThat(rows("SELECT domain FROM queued_recipient WHERE state = 'waiting' AND next_attempt <= now()"))
                .containsExactly("dial-up.test");
    }

    @Test
    void an_exchanger_starts_what_waits_for_its_domain_by_either_protocol() throws Exception {
        accept("y@backed-up.test", Map.of());
        park();
        assertThat(etrn(host("192.0.2.1", false), "backed-up.test")).isEqualTo(new QueueRun.Started(1));
        assertThat(etrn(host("2001:db8::1", false), "backed-up.test")).isEqualTo(new QueueRun.Started(1));
    }

    @Test
    void others_have_no_say_and_neither_have_hosts_of_domains_that_are_not_kept_here() throws Exception {
        accept("x@dial-up.test", Map.of());
        park();
        assertThat(etrn(host("192.0.2.1", false), "dial-up.test")).isInstanceOf(QueueRun.NotEntitled.class);
        assertThat(etrn(host("192.0.2.7", false), "backed-up.test")).isInstanceOf(QueueRun.NotEntitled.class);
        assertThat(etrn(host("192.0.2.1", false), "others.test")).isInstanceOf(QueueRun.NotEntitled.class);
        assertThat(rows("SELECT state FROM queued_recipient")).containsExactly("held");
    }

    @Test
    void who_is_trusted_starts_any_domain_and_with_an_at_sign_all_below_it_rfc1985_5_3() throws Exception {
        sql("INSERT INTO domain (name, kind) VALUES ('sub.backed-up.test', 'relay')");
        accept("y@backed-up.test", Map.of());
        accept("z@sub.backed-up.test", Map.of());
        park();
        var trusted = host("192.0.2.200", true);
        assertThat(etrn(trusted, "backed-up.test")).isEqualTo(new QueueRun.Started(1));
        assertThat(etrn(trusted, "@Backed-Up.test")).isEqualTo(new QueueRun.Started(2));
        assertThat(etrn(trusted, "empty.test")).isEqualTo(new QueueRun.Started(0));
    }

    @Test
    void what_its_sender_dated_ahead_waits_for_its_time_rfc4865() throws Exception {
        accept("y@backed-up.test", Map.of("HOLDFOR", "3600"));
        assertThat(etrn(host("192.0.2.200", true), "backed-up.test")).isEqualTo(new QueueRun.Started(0));
        assertThat(rows("SELECT next_attempt > now() + interval '50 minutes' FROM queued_recipient"))
                .containsExactly("t");
    }

    @Test
    void where_dns_is_silent_nobody_is_entitled_for_now() throws Exception {
        assertThatThrownBy(() -> etrn(host("192.0.2.1", false), "silent.test"))
                .isInstanceOfSatisfying(
                        MailException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE));
    }

    private List<String> verb(Client client, String address) {
        return house.bean(MailReceiverEndpoint.class).whereTo(client, Envelope.of("a@there.test", List.of()), address);
    }

    @Test
    void verb_tells_the_way_of_mail_and_what_keeps_it() throws Exception {
        sql("INSERT INTO destination (domain, paused_by) VALUES ('dial-up.test', 'admin@here.test')");
        var trusted = host("192.0.2.200", true);
        assertThat(verb(trusted, "x@dial-up.test"))
                .containsExactly(
                        "x@dial-up.test: is at another host; mail from anybody is passed on to dial-up.test",
                        "dial-up.test by route: mx.test at 192.0.2.7:25, TLS may",
                        "dial-up.test is held until one of its hosts asks (ETRN)",
                        "dial-up.test is paused by an administrator");
        assertThat(verb(trusted, "y@nowhere.test"))
                .endsWith("nowhere.test goes nowhere now: 5.1.2 The domain does not exist");
        assertThat(verb(host("192.0.2.1", false), "y@backed-up.test")).isEmpty();
    }
}
