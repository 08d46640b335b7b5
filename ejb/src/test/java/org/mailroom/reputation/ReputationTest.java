package org.mailroom.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailroom.TestConfig;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.Reason;
import org.mailroom.contract.receive.Client;
import org.mailroom.contract.receive.Verdict;
import org.mailroom.dns.Dns;
import org.mailroom.dns.FakeDns;
import org.mailroom.dns.NameService;
import org.mailroom.policy.AnyRecipient;
import org.mailroom.policy.AnySender;
import org.mailroom.policy.Decision;
import org.mailroom.policy.Facts;
import org.mailroom.policy.Policies;
import org.mailroom.policy.Policy;
import org.mailroom.policy.Question;
import org.mailroom.receive.Clients;
import org.mailroom.receive.MailReceiverEndpoint;

/** Strangers before the house, with a real name server and a real database: what they are told, and what the trace keeps. */
class ReputationTest {
    private static final Client STRANGER = Clients.stranger("mx.there.test", "192.0.2.1");

    private final DataSource database = TestDatabase.fresh();
    private final TestHouse house = new TestHouse(database);
    private final FakeDns zone = new FakeDns();
    private final List<Policy> more = new ArrayList<>();
    private Dns dns;

    @BeforeEach
    void start() throws Exception {
        dns = new Dns(List.of(zone.address()), Duration.ofSeconds(2));
        house.put(NameService.class, new NameService() {
            @Override
            public Dns dns() {
                return dns;
            }
        });
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO domain (name) VALUES ('here.test')");
            statement.execute("INSERT INTO account (domain_id, local_part) VALUES (1, 'alice'), (1, 'bob')");
            statement.execute("""
                    INSERT INTO mailbox (account_id, name, special_use, uid_validity)
                    VALUES (1, 'INBOX', NULL, 1), (1, 'Junk', '\\Junk', 2), (2, 'INBOX', NULL, 3)""");
        }
    }

    @AfterEach
    void stop() {
        zone.close();
    }

    /** The chain of strangers with these settings. */
    private void use(String... values) {
        var config = new HashMap<String, String>();
        for (int i = 0; i < values.length; i += 2) {
            config.put("mail.policy." + values[i], values[i + 1]);
        }
        config.put("mail.hostname", "mail.here.test");
        var settings = ReputationSettings.of(TestConfig.of(config));
        house.bean(DnsLists.class).use(settings);
        house.bean(Greeting.class).use(settings);
        house.bean(ReverseName.class).use(settings);
        house.bean(Greylist.class).use(settings);
        var chain = new ArrayList<>(List.of(
                house.bean(DnsLists.class),
                house.bean(Greeting.class),
                house.bean(ReverseName.class),
                house.bean(Greylist.class),
                new AnySender(),
                new AnyRecipient()));
        chain.addAll(more);
        house.put(Policies.class, new Policies(chain));
    }

    private Verdict recipient(Client client, String... addresses) throws Exception {
        return house.inTransaction(() -> {
            var receiver = house.bean(MailReceiverEndpoint.class);
            receiver.sender(client, Envelope.of("a@there.test", List.of()));
            return List.of(addresses).stream()
                    .map(address -> receiver.recipient(
                            client, Envelope.of("a@there.test", List.of()), Envelope.Recipient.of(address)))
                    .toList()
                    .getLast();
        });
    }

    private Verdict recipient(Client client) throws Exception {
        return recipient(client, "alice@here.test");
    }

    private String accepted(Client client) throws Exception {
        assertThat(recipient(client)).isInstanceOf(Verdict.Accept.class);
        var message =
                MessageSource.of("Subject: x\r\nX-Spam-Status: No\r\n\r\ny\r\n".getBytes(StandardCharsets.US_ASCII));
        return house.inTransaction(() -> house.bean(MailReceiverEndpoint.class)
                .accept(client, Envelope.of("a@there.test", List.of("alice@here.test")), message)
                .queueId());
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

    private List<String> trace() throws SQLException {
        return rows(
                "SELECT rule || ' ' || reply || ' ' || detail FROM trace WHERE step IN ('checked', 'refused') ORDER BY id");
    }

    @Test
    void nobody_is_asked_while_nothing_is_switched_on() throws Exception {
        use();
        accepted(STRANGER);
        assertThat(zone.questions()).isZero();
        assertThat(trace()).isEmpty();
        assertThat(rows("SELECT 1 FROM greylist")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 1.2.0.192.list.test",
        "2001:db8::1, 1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.list.test"
    })
    void an_address_is_looked_for_from_behind_rfc5782_2_1(String address, String name) {
        assertThat(DnsLists.name(InetAddress.ofLiteral(address), "list.test")).isEqualTo(name);
    }

    @Test
    void who_is_on_a_block_list_is_refused_by_its_name_and_reason() throws Exception {
        zone.with("1.2.0.192.bad.test A 127.0.0.2").with("1.2.0.192.bad.test TXT \"spam, see http://bad.test\"");
        use("block-lists", "good.test, bad.test", "listed", "refuse");
        assertThat(recipient(STRANGER))
                .isEqualTo(new Verdict.Refuse(
                        Reason.POLICY, "dns-list", "Your address is listed by bad.test: spam, see http://bad.test"));
        assertThat(trace().getFirst()).startsWith("dns-list 550 5.7.1 Your address is listed by bad.test");
        assertThat(recipient(Clients.stranger("mx.there.test", "192.0.2.2"))).isInstanceOf(Verdict.Accept.class);
    }

    @Test
    void softly_its_mail_is_junk_and_says_why() throws Exception {
        zone.with("1.2.0.192.bad.test A 127.0.0.2");
        use("block-lists", "bad.test");
        accepted(STRANGER);
        assertThat(rows("SELECT name FROM mailbox WHERE messages = 1")).containsExactly("Junk");
        assertThat(rows("SELECT convert_from(octets, 'UTF8') FROM message").getFirst())
                .contains("X-Spam-Status: Yes, dns-list: listed by bad.test\r\n")
                .doesNotContain("X-Spam-Status: No");
        assertThat(trace()).containsExactly("dns-list junk listed by bad.test");
    }

    @Test
    void a_list_that_does_not_answer_or_complains_speaks_against_nobody_and_the_trace_says_so() throws Exception {
        zone.failing("1.2.0.192.broken.test")
                .with("1.2.0.192.angry.test A 127.255.255.254")
                .with("1.2.0.192.parked.test A 198.51.100.7");
        use("block-lists", "broken.test, angry.test, parked.test", "listed", "refuse");
        accepted(STRANGER);
        assertThat(trace())
                .containsExactly("dns-list  not checked: broken.test does not answer; angry.test says 127.255.255.254;"
                        + " parked.test says 198.51.100.7");
        assertThat(rows("SELECT name FROM mailbox WHERE messages = 1")).containsExactly("INBOX");
    }

    @Test
    void who_is_on_an_allow_list_is_spared_the_rest() throws Exception {
        zone.with("1.2.0.192.white.test A 127.0.10.1").with("1.2.0.192.bad.test A 127.0.0.2");
        use("allow-lists", "white.test", "block-lists", "bad.test", "listed", "refuse", "greylist", "true");
        accepted(STRANGER);
        assertThat(trace()).containsExactly("dns-list  allowed by white.test");
    }

    @Test
    void a_message_for_many_is_looked_up_once() throws Exception {
        zone.with("1.2.0.192.bad.test A 127.0.0.2");
        use("block-lists", "bad.test");
        recipient(STRANGER, "alice@here.test", "bob@here.test", "alice@here.test");
        assertThat(zone.questions()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "mx, is not a full name",
        "mail.here.test, is ours",
        "[192.0.2.9], is the address of others",
        "nowhere.test, has no address in DNS"
    })
    void a_greeting_that_no_host_of_its_own_would_say_is_refused(String helo, String why) throws Exception {
        use("helo", "refuse");
        assertThat(recipient(Clients.stranger(helo, "192.0.2.1")))
                .isEqualTo(new Verdict.Refuse(Reason.POLICY, "helo", "The name in your EHLO or HELO " + why));
    }

    @ParameterizedTest
    @CsvSource({
        "mx.there.test, 192.0.2.1",
        "[192.0.2.1], 192.0.2.1",
        "six.there.test, 192.0.2.1",
        "[IPv6:2001:db8::1], 2001:db8::1"
    })
    void a_good_greeting_is_not_worth_a_word(String helo, String address) throws Exception {
        zone.with("mx.there.test A 198.51.100.1").with("six.there.test AAAA 2001:db8::7");
        use("helo", "refuse");
        accepted(Clients.stranger(helo, address));
        assertThat(trace()).isEmpty();
    }

    @Test
    void a_greeting_that_cannot_be_looked_up_passes_and_is_traced() throws Exception {
        zone.failing("mx.there.test");
        use("helo", "refuse");
        accepted(STRANGER);
        assertThat(trace()).containsExactly("helo  not checked: DNS does not answer");
    }

    @Test
    void an_address_without_a_name_is_told_so_and_one_with_a_borrowed_name_too() throws Exception {
        use("reverse-name", "defer");
        assertThat(recipient(STRANGER))
                .isEqualTo(new Verdict.Defer(Reason.NOT_YET, "reverse-name", "Your address has no name in DNS (PTR)"));
        zone.with("2.2.0.192.in-addr.arpa PTR mx.big.test.").with("mx.big.test A 198.51.100.1");
        assertThat(recipient(Clients.stranger("x.test", "192.0.2.2")))
                .isEqualTo(new Verdict.Defer(
                        Reason.NOT_YET,
                        "reverse-name",
                        "The name of your address in DNS (PTR) does not lead back to it"));
    }

    @Test
    void a_name_that_leads_back_is_good_and_one_that_dns_keeps_silent_about_passes_traced() throws Exception {
        zone.with("1.2.0.192.in-addr.arpa PTR mx.there.test.").with("mx.there.test A 192.0.2.1");
        use("reverse-name", "refuse");
        accepted(STRANGER);
        assertThat(trace()).isEmpty();
        zone.failing("3.2.0.192.in-addr.arpa");
        accepted(Clients.stranger("x.test", "192.0.2.3"));
        assertThat(trace()).containsExactly("reverse-name  not checked: DNS does not answer");
    }

    @Test
    void note_tells_the_trace_and_nobody_else() throws Exception {
        use("reverse-name", "note", "helo", "note");
        accepted(Clients.stranger("mx", "192.0.2.1"));
        assertThat(trace()).containsExactly("helo  is not a full name", "reverse-name  no name");
        assertThat(rows("SELECT name FROM mailbox WHERE messages = 1")).containsExactly("INBOX");
    }

    @Test
    void a_stranger_comes_again_and_then_is_known() throws Exception {
        use("greylist", "true", "greylist.known", "2");
        assertThat(recipient(STRANGER))
                .isEqualTo(new Verdict.Defer(
                        Reason.NOT_YET, "greylist", "Greylisted: a first time here; try again in 300 seconds"));
        assertThat(recipient(STRANGER)).isInstanceOf(Verdict.Defer.class);
        later();
        accepted(STRANGER);
        assertThat(trace()).contains("greylist  came again");
        // Another host of the same network, and soon the network as a whole.
        accepted(Clients.stranger("mx.there.test", "192.0.2.77"));
        recipient(STRANGER, "bob@here.test");
        later();
        assertThat(recipient(STRANGER, "bob@here.test")).isInstanceOf(Verdict.Accept.class);
        assertThat(recipient(STRANGER, "x@here.test")).isInstanceOf(Verdict.Refuse.class);
        assertThat(recipient(Clients.stranger("mx.there.test", "192.0.2.99"), "alice@here.test"))
                .isInstanceOf(Verdict.Accept.class);
        assertThat(rows("SELECT count(*) FROM greylist")).containsExactly("3");
    }

    @Test
    void nobody_fills_the_table_of_the_greylist() throws Exception {
        use("greylist", "true");
        house.bean(Greylist.class)
                .use(ReputationSettings.of(TestConfig.of(java.util.Map.of("mail.policy.greylist", "true"))), 3);
        for (int i = 0; i < 5; i++) {
            assertThat(recipient(STRANGER, "alice+" + i + "@here.test")).isInstanceOf(Verdict.Defer.class);
        }
        assertThat(rows("SELECT count(*) FROM greylist")).containsExactly("3");
        later();
        assertThat(recipient(STRANGER, "alice+0@here.test")).isInstanceOf(Verdict.Accept.class);
        assertThat(recipient(STRANGER, "alice+4@here.test")).isInstanceOf(Verdict.Defer.class);
    }

    private void later() throws Exception {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE greylist SET first = first - interval '6 minutes'");
        }
    }

    @Test
    void who_did_not_come_again_is_forgotten() throws Exception {
        use("greylist", "true");
        recipient(STRANGER);
        var table = house.bean(GreylistTable.class);
        assertThat(table.forget(Duration.ofDays(2), Duration.ofDays(36))).isZero();
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE greylist SET first = first - interval '3 days'");
        }
        assertThat(table.forget(Duration.ofDays(2), Duration.ofDays(36))).isEqualTo(1);
    }

    @Test
    void our_own_users_this_machine_and_the_allowed_are_spared() throws Exception {
        more.add(new Policy() {
            @Override
            public int order() {
                return 1;
            }

            @Override
            public Decision sender(Question.Sender question) {
                if (question.client().helo().equals("friend.test")) {
                    question.facts().put(Facts.ALLOWED, "rule friends");
                }
                return Decision.NONE;
            }
        });
        use("greylist", "true", "helo", "refuse", "reverse-name", "refuse", "block-lists", "bad.test");
        for (var client : List.of(
                Clients.user(1),
                Clients.stranger("x", "127.0.0.1"),
                Clients.stranger("x", "10.1.2.3"),
                Clients.stranger("x", "fd00::1"),
                Clients.stranger("friend.test", "192.0.2.1"))) {
            assertThat(recipient(client)).isInstanceOf(Verdict.Accept.class);
        }
        assertThat(zone.questions()).isZero();
    }
}
