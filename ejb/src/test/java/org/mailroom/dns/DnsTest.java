package org.mailroom.dns;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** DNS from a name server of our own: aliases, the cache, and whose signature is believed (RFC 4035 §5). */
class DnsTest {
    private final FakeDns server = new FakeDns();

    @AfterEach
    void close() {
        server.close();
    }

    @BeforeEach
    void zone() {
        server.with("there.test MX 10 mx.there.test.").with("mx.there.test A 192.0.2.1");
        server.with("alias.there.test CNAME mx.there.test.").with("loop.there.test CNAME loop.there.test.");
        server.with("there.test TXT \"v=spf1 \" \"-all\"");
        server.with("_25._tcp.mx.there.test TLSA 3 1 1 " + "ab".repeat(32));
    }

    private Dns asking(Dnssec dnssec, String anchor) {
        var anchors = new ByteArrayInputStream(anchor.getBytes(US_ASCII));
        return new Dns(List.of(server.address()), Duration.ofSeconds(2), dnssec, anchors);
    }

    private Dns validating() {
        server.signed();
        return asking(Dnssec.VALIDATE, server.anchor());
    }

    private static boolean secure(Answer<?> answer) {
        return switch (answer) {
            case Answer.Found<?> found -> found.secure();
            case Answer.None<?> none -> none.secure();
            case Answer.Unknown<?> unknown -> throw new AssertionError(unknown.why());
        };
    }

    @Test
    void an_alias_is_followed_and_the_last_name_told() {
        var answer = asking(Dnssec.OFF, "").addresses("Alias.there.test", false);
        assertThat(answer).isInstanceOfSatisfying(Answer.Found.class, found -> {
            assertThat(found.name()).isEqualTo("mx.there.test");
            assertThat(found.values()).hasSize(1);
        });
    }

    @Test
    void aliases_in_a_circle_are_no_answer() {
        assertThat(asking(Dnssec.OFF, "").addresses("loop.there.test", false)).isInstanceOf(Answer.Unknown.class);
    }

    @Test
    void what_is_known_is_not_asked_again() {
        var dns = asking(Dnssec.OFF, "");
        dns.exchangers("there.test");
        int asked = server.questions();
        dns.exchangers("THERE.test");
        assertThat(server.questions()).isEqualTo(asked);
    }

    @Test
    void a_name_without_the_type_is_told_from_no_name() {
        var dns = asking(Dnssec.OFF, "");
        assertThat(dns.exchangers("mx.there.test")).isEqualTo(new Answer.None<>(true, false));
        assertThat(dns.exchangers("nowhere.test")).isEqualTo(new Answer.None<>(false, false));
        assertThat(dns.texts("a..b")).isEqualTo(new Answer.None<>(false, false));
    }

    @Test
    void strings_of_a_text_are_joined() {
        assertThat(asking(Dnssec.OFF, "").texts("there.test"))
                .isInstanceOfSatisfying(
                        Answer.Found.class, found -> assertThat(found.values()).isEqualTo(List.of("v=spf1 -all")));
    }

    @Test
    void an_answer_that_is_too_large_for_a_packet_comes_by_tcp() {
        var text = "\"" + "x".repeat(250) + "\" ";
        server.with("large.there.test TXT " + text.repeat(12).strip());
        assertThat(asking(Dnssec.OFF, "").texts("large.there.test"))
                .isInstanceOfSatisfying(
                        Answer.Found.class,
                        found -> assertThat(found.values().getFirst()).isEqualTo("x".repeat(3000)));
    }

    @Test
    void what_is_rightly_signed_is_secure() {
        var dns = validating();
        assertThat(secure(dns.exchangers("there.test"))).isTrue();
        assertThat(secure(dns.addresses("alias.there.test", false))).isTrue();
        var tlsa = dns.tlsa("_25._tcp.mx.there.test");
        assertThat(secure(tlsa)).isTrue();
        assertThat(((Answer.Found<Dns.Tlsa>) tlsa).values().getFirst().data()).hasSize(32);
    }

    @Test
    void that_there_is_nothing_is_secure_too() {
        assertThat(secure(validating().tlsa("_25._tcp.there.test"))).isTrue();
    }

    @Test
    void secure_stays_secure_in_the_cache() {
        var dns = validating();
        assertThat(secure(dns.exchangers("there.test"))).isTrue();
        assertThat(secure(dns.exchangers("there.test"))).isTrue();
    }

    @Test
    void what_is_wrongly_signed_counts_as_not_answered() throws IOException {
        server.tampered("mx.there.test");
        var dns = validating();
        assertThat(dns.addresses("mx.there.test", false))
                .isInstanceOfSatisfying(
                        Answer.Unknown.class,
                        unknown -> assertThat(unknown.why()).startsWith("DNSSEC: "));
        assertThat(secure(dns.exchangers("there.test"))).isTrue();
    }

    @Test
    void what_another_key_signed_counts_as_not_answered() {
        server.signed();
        var other = new FakeDns().signed();
        assertThat(asking(Dnssec.VALIDATE, other.anchor()).exchangers("there.test"))
                .isInstanceOf(Answer.Unknown.class);
        other.close();
    }

    @Test
    void a_zone_without_signatures_is_answered_and_not_secure() throws IOException {
        server.unsigned("there.test");
        var dns = validating();
        assertThat(secure(dns.exchangers("there.test"))).isFalse();
        assertThat(secure(dns.addresses("alias.there.test", false))).isFalse();
    }

    @Test
    void an_alias_from_a_secure_zone_into_another_is_not_secure() throws IOException {
        server.with("alias.here.test CNAME mx.there.test.").unsigned("there.test");
        assertThat(secure(validating().addresses("alias.here.test", false))).isFalse();
    }

    @Test
    void signatures_are_demanded_only_where_the_servers_have_them() {
        server.signed();
        var anchor = server.anchor();
        assertThat(secure(asking(Dnssec.AUTO, anchor).exchangers("there.test"))).isTrue();
        try (var plain = new FakeDns().with("there.test MX 10 mx.there.test.")) {
            var dns = new Dns(
                    List.of(plain.address()),
                    Duration.ofSeconds(2),
                    Dnssec.AUTO,
                    new ByteArrayInputStream(anchor.getBytes(US_ASCII)));
            assertThat(secure(dns.exchangers("there.test"))).isFalse();
        }
    }

    @Test
    void once_seen_signatures_are_demanded_for_good() throws IOException {
        server.signed();
        var dns = asking(Dnssec.AUTO, server.anchor());
        assertThat(secure(dns.exchangers("there.test"))).isTrue();
        server.tampered("mx.there.test");
        assertThat(dns.addresses("mx.there.test", false)).isInstanceOf(Answer.Unknown.class);
    }

    @Test
    void the_word_of_a_server_counts_only_where_it_is_trusted() throws IOException {
        server.vouched("there.test");
        assertThat(secure(asking(Dnssec.TRUST, "").exchangers("there.test"))).isTrue();
        assertThat(secure(asking(Dnssec.TRUST, "").addresses("mx.there.test", false)))
                .isFalse();
        assertThat(secure(asking(Dnssec.OFF, "").exchangers("there.test"))).isFalse();
    }

    @Test
    void the_name_of_an_address_is_found() throws IOException {
        server.with("1.2.0.192.in-addr.arpa PTR Mx.there.test.");
        assertThat(asking(Dnssec.OFF, "").names(InetAddress.getByName("192.0.2.1")))
                .isInstanceOfSatisfying(
                        Answer.Found.class, found -> assertThat(found.values()).isEqualTo(List.of("mx.there.test")));
    }

    @Test
    void the_keys_of_the_real_root_are_on_board() throws IOException {
        try (var anchors = DnsTest.class.getResourceAsStream("/dns/root-anchors.txt")) {
            assertThat(new String(anchors.readAllBytes(), US_ASCII)).contains("DS 20326 8 2", "DS 38696 8 2");
        }
    }
}
