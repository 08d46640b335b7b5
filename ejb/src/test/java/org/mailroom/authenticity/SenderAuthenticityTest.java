package org.mailroom.authenticity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.Reason;
import org.mailroom.contract.receive.Client;
import org.mailroom.directory.Resolution;
import org.mailroom.dns.Dns;
import org.mailroom.dns.FakeDns;
import org.mailroom.message.MessageParser;
import org.mailroom.policy.Decision;
import org.mailroom.policy.Facts;
import org.mailroom.policy.Question;

/** What is done with mail from outside, by where it comes from. */
class SenderAuthenticityTest {
    private static final String FORGED = "From: Boss <boss@strict.test>\r\nSubject: Pay this\r\n\r\nNow.\r\n";

    private final FakeDns zone = new FakeDns();
    private final DataSource database = TestDatabase.fresh();
    private final TestHouse house = new TestHouse(database);
    private final Dns dns = new Dns(List.of(zone.address()), Duration.ofSeconds(2));
    private final Facts facts = new Facts();

    @BeforeEach
    void zone() {
        zone.with("strict.test TXT \"v=spf1 ip4:192.0.2.1 -all\"");
        zone.with("_dmarc.strict.test TXT \"v=DMARC1; p=reject\"");
        zone.with("mild.test TXT \"v=spf1 ip4:192.0.2.1 ~all\"");
        zone.with("_dmarc.mild.test TXT \"v=DMARC1; p=quarantine\"");
    }

    @AfterEach
    void close() {
        zone.close();
    }

    private SenderAuthenticity policy(Handling spf, Handling dmarc, String... sealers) {
        var settings = new AuthenticitySettings(
                "mail.here.test", spf, dmarc, List.of(sealers), Duration.ofSeconds(5), Duration.ofDays(7), 10);
        return new SenderAuthenticity(
                settings,
                new Verification(dns, "mail.here.test", Duration.ofSeconds(5)),
                new DomainHandling(database, Duration.ZERO),
                house.bean(DmarcCounts.class));
    }

    private static Client client(String address, boolean loggedIn) {
        return new Client(
                "s1",
                loggedIn ? Protocol.SUBMISSION : Protocol.SMTP,
                new InetSocketAddress(address, 4321),
                false,
                "mta.test",
                true,
                null,
                loggedIn ? new AccountId(1) : null,
                loggedIn ? "bob@here.test" : null,
                null,
                Instant.EPOCH);
    }

    private Decision rcpt(SenderAuthenticity policy, String sender, String address) {
        var recipient = Envelope.Recipient.of("bob@here.test");
        return policy.recipient(new Question.Recipient(
                client(address, false),
                Envelope.of(sender, List.of()),
                recipient,
                new Resolution.Local(new AccountId(1), "bob@here.test"),
                facts));
    }

    private Decision content(SenderAuthenticity policy, String sender, String address, String message)
            throws IOException {
        return content(policy, client(address, false), sender, message);
    }

    private Decision content(SenderAuthenticity policy, Client client, String sender, String message)
            throws IOException {
        var source = MessageSource.of(message.getBytes(ISO_8859_1));
        var envelope = Envelope.of(sender, List.of("bob@here.test"));
        return policy.content(new Question.Content(client, envelope, "q1", MessageParser.parse(source), source, facts));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, REFUSE, NONE",
        "192.0.2.9, REFUSE, REFUSE",
        "192.0.2.9, JUNK, NONE",
        "192.0.2.9, REPORT, NONE",
        "192.0.2.9, OFF, NONE"
    })
    void spf_refuses_the_recipient_where_it_shall(String address, Handling handling, Decision.Action expected) {
        var decision = rcpt(policy(handling, Handling.OFF), "boss@strict.test", address);
        assertThat(decision.action()).isEqualTo(expected);
        if (decision.isNo()) {
            assertThat(decision.reason()).isEqualTo(Reason.SPF_FAILED);
            assertThat(decision.text()).contains("strict.test");
        }
    }

    @Test
    void without_an_answer_spf_defers_where_it_decides() throws IOException {
        zone.failing("strict.test");
        assertThat(rcpt(policy(Handling.REFUSE, Handling.OFF), "boss@strict.test", "192.0.2.1")
                        .action())
                .isEqualTo(Decision.Action.DEFER);
        assertThat(rcpt(policy(Handling.REPORT, Handling.OFF), "boss@strict.test", "192.0.2.1")
                        .action())
                .isEqualTo(Decision.Action.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "strict.test, REFUSE, REFUSE",
        "strict.test, JUNK, JUNK",
        "strict.test, REPORT, PASS",
        "mild.test, REFUSE, JUNK",
        "open.test, REFUSE, PASS"
    })
    void dmarc_does_at_most_what_the_owner_wishes(String from, Handling handling, Decision.Action expected)
            throws IOException {
        var message = FORGED.replace("strict.test", from);
        var decision = content(policy(Handling.REPORT, handling), "x@other.test", "192.0.2.9", message);
        assertThat(decision.action()).isEqualTo(expected);
        assertThat(facts.get("dmarc")).hasValue(from.equals("open.test") ? "none" : "fail");
    }

    @Test
    void what_is_taken_bears_one_field_of_ours() throws IOException {
        var decision = content(policy(Handling.REPORT, Handling.REPORT), "boss@strict.test", "192.0.2.1", FORGED);
        assertThat(decision.edits().added())
                .singleElement()
                .satisfies(field -> assertThat(field)
                        .startsWith("Authentication-Results: mail.here.test;\r\n\tspf=pass")
                        .contains(
                                "smtp.mailfrom=strict.test",
                                "dkim=none",
                                "dmarc=pass (p=reject) header.from=strict.test"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail.here.test; dmarc=pass",
                "(x) Mail.Here.Test 1; dmarc=pass",
                "(a (b) c) mail.here.test; dmarc=pass",
                "(\\)) \"mail.here.test\"; dmarc=pass",
                "(\") mail.here.test (\"); dmarc=pass",
                "\"mail\\.here.test\"; dmarc=pass"
            })
    void a_field_that_pretends_to_be_ours_is_known_rfc8601_5(String value) {
        assertThat(ResultsField.isOf(value, "mail.here.test")).isTrue();
        assertThat(ResultsField.isOf(value, "here.test")).isFalse();
    }

    @Test
    void nothing_of_a_stranger_breaks_out_of_the_field() throws IOException {
        zone.with("evil.test TXT \"v=spf1 -all exp=why.evil.test\"");
        zone.with("why.evil.test TXT \"x); dmarc=pass\"");
        var decision = content(policy(Handling.REPORT, Handling.REPORT), "a@evil.test", "192.0.2.9", FORGED);
        assertThat(decision.edits().added().getFirst()).doesNotContain("x)").contains("spf=fail");
    }

    @Test
    void a_signature_of_the_author_lets_it_pass() throws IOException {
        var key = Keys.published(zone, "strict.test", "s1", Algorithm.ED25519);
        var source = MessageSource.of(FORGED.getBytes(ISO_8859_1));
        var signed =
                DkimSigning.fields(source, org.mailroom.authenticity.Header.of(source), List.of(key), Instant.now())
                        + FORGED;
        var decision = content(policy(Handling.REPORT, Handling.REFUSE), "list@other.test", "192.0.2.9", signed);
        assertThat(decision.action()).isEqualTo(Decision.Action.PASS);
        assertThat(facts.get("dkim")).hasValue("pass");
    }

    @Test
    void without_an_answer_dmarc_defers_where_it_decides() throws IOException {
        zone.failing("_dmarc.strict.test");
        assertThat(content(policy(Handling.REPORT, Handling.REFUSE), "x@other.test", "192.0.2.9", FORGED)
                        .action())
                .isEqualTo(Decision.Action.DEFER);
    }

    @Test
    void a_sealer_whom_we_trust_vouches_for_it() throws IOException {
        var key = Keys.published(zone, "list.test", "s1", Algorithm.RSA);
        var source = MessageSource.of(FORGED.getBytes(ISO_8859_1));
        var header = org.mailroom.authenticity.Header.of(source);
        var results = "list.test; dmarc=pass header.from=strict.test";
        var sealed =
                ArcSealing.fields(source, header, results, Result.NONE, List.of("from", "subject"), key, Instant.now())
                                .orElseThrow()
                        + FORGED;
        var trusting = policy(Handling.REPORT, Handling.REFUSE, "list.test");
        assertThat(content(trusting, "x@list.test", "192.0.2.9", sealed).action())
                .isEqualTo(Decision.Action.PASS);
        assertThat(content(policy(Handling.REPORT, Handling.REFUSE), "x@list.test", "192.0.2.9", sealed)
                        .action())
                .isEqualTo(Decision.Action.REFUSE);
        assertThat(content(trusting, "x@list.test", "192.0.2.9", sealed.replace("Pay this", "Pay that"))
                        .action())
                .isEqualTo(Decision.Action.REFUSE);
    }

    @Test
    void our_own_people_are_not_judged_and_off_asks_nobody() throws IOException {
        var strict = policy(Handling.REFUSE, Handling.REFUSE);
        assertThat(content(strict, client("192.0.2.9", true), "boss@strict.test", FORGED))
                .isEqualTo(Decision.NONE);
        assertThat(content(policy(Handling.OFF, Handling.OFF), "boss@strict.test", "192.0.2.9", FORGED))
                .isEqualTo(Decision.NONE);
        assertThat(zone.questions()).isZero();
    }

    @Test
    void a_domain_of_ours_may_be_stricter_than_the_rest() throws Exception {
        execute("INSERT INTO domain (name) VALUES ('here.test')");
        var domains = new DomainHandling(database, Duration.ZERO);
        domains.put("here.test", new DomainHandling.Wish(null, Handling.REFUSE));
        assertThat(judged()).isEqualTo(Decision.Action.REFUSE);
        domains.put("here.test", new DomainHandling.Wish(Handling.OFF, Handling.OFF));
        assertThat(judged()).isEqualTo(Decision.Action.NONE);
        domains.put("here.test", new DomainHandling.Wish(null, null));
        assertThat(judged()).isEqualTo(Decision.Action.PASS);
    }

    private Decision.Action judged() throws IOException {
        return content(policy(Handling.REPORT, Handling.REPORT), "x@other.test", "192.0.2.9", FORGED)
                .action();
    }

    @Test
    void what_dmarc_came_to_is_counted() throws Exception {
        var policy = policy(Handling.REPORT, Handling.REFUSE);
        for (int i = 0; i < 3; i++) {
            content(policy, "x@other.test", "192.0.2.9", FORGED);
        }
        var counts = house.bean(DmarcCounts.class);
        counts.write();
        counts.write();
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT domain, source, disposition, messages FROM dmarc_count")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1) + rows.getString(2) + rows.getString(3) + rows.getLong(4))
                    .isEqualTo("strict.test192.0.2.9reject3");
            assertThat(rows.next()).isFalse();
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
