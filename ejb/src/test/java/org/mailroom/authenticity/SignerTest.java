package org.mailroom.authenticity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.dns.Dns;
import org.mailroom.dns.FakeDns;

/** What leaves the house is signed with the keys of the domain, and their records prove it. */
class SignerTest {
    private static final String OURS = "From: Ada <ada@news.here.test>\r\nSubject: hello\r\n\r\nHi.\r\n";
    private static final String THEIRS = "Authentication-Results: mail.here.test; spf=pass; dmarc=pass; arc=none\r\n"
            + "From: Eve <eve@there.test>\r\nSubject: hello\r\n\r\nHi.\r\n";

    private final FakeDns zone = new FakeDns();
    private final Dns dns = new Dns(List.of(zone.address()), Duration.ofSeconds(2));
    private final TestHouse house = new TestHouse(TestDatabase.fresh());
    private final DkimKeys keys = house.bean(DkimKeys.class);
    private final SigningKeys signing = new SigningKeys(house.shared(), Duration.ZERO);
    private final Signer signer = new Signer(signing, "mail.here.test");

    @BeforeEach
    void domain() throws Exception {
        try (var connection = house.shared().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO domain (name) VALUES ('here.test')");
        }
    }

    @AfterEach
    void close() {
        zone.close();
    }

    /** A new one whose record was pasted into the zone. */
    private DkimKey key(Algorithm algorithm) {
        var selector = keys.create("here.test", algorithm);
        var key = keys.find("here.test", selector).orElseThrow();
        assertThat(key.state()).isEqualTo(DkimKey.State.NEW);
        zone.with(key.zoneLine().replace(" IN TXT ", " TXT "));
        return key;
    }

    private MessageSource sign(String message, String reversePath) throws IOException {
        return signer.sign(
                MessageSource.of(message.getBytes(ISO_8859_1)), Envelope.of(reversePath, List.of("x@there.test")));
    }

    /** What came from outside and goes on. */
    private MessageSource passOn(String message, String reversePath) throws IOException {
        return passOn(message, reversePath, Signer.CHECKED);
    }

    private MessageSource passOn(String message, String reversePath, String checked) throws IOException {
        var envelope = new Envelope(
                reversePath, Map.of(Signer.FOREIGN, checked), List.of(Envelope.Recipient.of("x@there.test")));
        return signer.sign(MessageSource.of(message.getBytes(ISO_8859_1)), envelope);
    }

    private List<DkimResult> check(MessageSource message) throws IOException {
        return new DkimCheck(dns, InstantSource.system()).check(message, Header.of(message));
    }

    @Test
    void both_algorithms_sign_for_the_author() throws IOException {
        keys.activate(key(Algorithm.RSA));
        keys.activate(key(Algorithm.ED25519));
        assertThat(check(sign(OURS, "ada@news.here.test")))
                .extracting(DkimResult::result, DkimResult::domain, DkimResult::algorithm)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Result.PASS, "here.test", "rsa-sha256"),
                        org.assertj.core.groups.Tuple.tuple(Result.PASS, "here.test", "ed25519-sha256"));
    }

    @Test
    void a_key_signs_only_while_it_is_active() throws IOException {
        var first = key(Algorithm.ED25519);
        assertThat(check(sign(OURS, "ada@news.here.test"))).isEmpty();
        keys.activate(first);
        var second = key(Algorithm.ED25519);
        assertThat(second.selector()).isNotEqualTo(first.selector());
        assertThat(check(sign(OURS, "ada@news.here.test")))
                .extracting(DkimResult::selector)
                .containsExactly(first.selector());
        keys.activate(second);
        assertThat(check(sign(OURS, "ada@news.here.test")))
                .extracting(DkimResult::selector)
                .containsExactly(second.selector());
        assertThat(keys.of("here.test"))
                .extracting(DkimKey::state)
                .containsExactly(DkimKey.State.ACTIVE, DkimKey.State.RETIRED);
    }

    @Test
    void what_others_wrote_is_sealed_as_it_goes_on() throws IOException {
        keys.activate(key(Algorithm.RSA));
        var sent = passOn(THEIRS, "SRS0=x=y=there.test=eve@here.test");
        assertThat(check(sent)).extracting(DkimResult::domain).containsExactly("here.test");
        var arc = new ArcCheck(dns).check(sent, Header.of(sent));
        assertThat(arc.why()).isEmpty();
        assertThat(arc.result()).isEqualTo(Result.PASS);
        assertThat(arc.sealers()).containsExactly("here.test");
        assertThat(arc.reported()).contains("dmarc=pass");
        // dkimpy takes no other white space there.
        assertThat(Header.of(sent).all(ArcSet.MESSAGE).getFirst().value()).contains("; i=1;");
    }

    @Test
    void a_stranger_in_our_name_is_not_proved_right() throws IOException {
        keys.activate(key(Algorithm.RSA));
        for (var author : List.of("boss@here.test", "boss@news.here.test")) {
            var forged = THEIRS.replace("eve@there.test", author).replace("dmarc=pass", "dmarc=fail");
            for (var path : List.of("boss@here.test", "SRS0=x=y=there.test=eve@here.test")) {
                var sent = passOn(forged, path);
                assertThat(check(sent)).isEmpty();
                assertThat(new ArcCheck(dns).check(sent, Header.of(sent)).reported())
                        .contains("dmarc=fail");
            }
        }
    }

    @Test
    void a_long_record_comes_in_strings_that_dns_takes() {
        var line = key(Algorithm.RSA).zoneLine();
        assertThat(line).matches("m\\d{8}r\\._domainkey\\.here\\.test\\. IN TXT \"[^\"]{255}\" \"[^\"]{1,255}\"");
        assertThat(key(Algorithm.ED25519).zoneLine()).containsOnlyOnce("\"v=DKIM1; k=ed25519; p=");
    }

    @Test
    void what_stands_in_comments_is_no_finding() {
        var results =
                "mail.here.test; spf=fail (says; arc=pass) smtp.mailfrom=\"x; arc=pass\"; arc=fail (bad; arc=none)";
        assertThat(ResultsField.result(results, "arc")).hasValue(Result.FAIL);
        assertThat(ResultsField.result(results, "dmarc")).isEmpty();
    }

    @Test
    void findings_that_are_not_ours_are_not_sealed() throws IOException {
        keys.activate(key(Algorithm.RSA));
        var sent = passOn(THEIRS, "SRS0=x=y=there.test=eve@here.test", "");
        assertThat(new ArcCheck(dns).check(sent, Header.of(sent)).result()).isEqualTo(Result.NONE);
        assertThat(check(sent)).extracting(DkimResult::domain).containsExactly("here.test");
    }

    @Test
    void what_nobody_of_ours_answers_for_goes_as_it_came() throws IOException {
        keys.activate(key(Algorithm.RSA));
        assertThat(passOn(THEIRS, "eve@there.test").size()).isEqualTo(THEIRS.length());
    }

    @Test
    void a_bounce_of_ours_is_signed_for_its_author() throws IOException {
        keys.activate(key(Algorithm.ED25519));
        assertThat(check(sign(OURS, ""))).extracting(DkimResult::result).containsExactly(Result.PASS);
    }
}
