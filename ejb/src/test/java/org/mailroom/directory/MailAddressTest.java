package org.mailroom.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailAddressTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "alice@example.test, alice@example.test",
                "Alice@EXAMPLE.Test, Alice@example.test",
                "\"alice\"@example.test, alice@example.test",
                "\"a b\"@example.test, \"a b\"@example.test",
                "\"a\\b\"@example.test, ab@example.test",
                "\"a@b\"@example.test, \"a@b\"@example.test",
                "\"a\\\"b\\\\c\"@example.test, \"a\\\"b\\\\c\"@example.test",
                "\"\"@example.test, \"\"@example.test",
                "a.b+c@example.test, a.b+c@example.test",
                "x@bücher.example, x@xn--bcher-kva.example",
                "bücher@example.test, bücher@example.test",
                "x@[192.0.2.1], x@[192.0.2.1]",
                "x@[IPv6:2001:DB8::1], x@[ipv6:2001:db8::1]",
                "x@under_score.example, x@under_score.example",
                "x@localhost, x@localhost"
            })
    void all_ways_to_write_an_address_come_to_one(String text, String address) throws BadAddress {
        assertThat(MailAddress.parse(text)).hasToString(address);
        assertThat(MailAddress.parse(address)).isEqualTo(MailAddress.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "alice",
                "@example.test",
                "alice@",
                "a b@example.test",
                "a..b@example.test",
                ".a@example.test",
                "a.@example.test",
                "a@b@example.test",
                "\"a@example.test",
                "\"a\"b@example.test",
                "\"a\\\"@example.test",
                "a\r\nb@example.test",
                "\"a\u0000b\"@example.test",
                "a@exa mple.test",
                "a@example..test",
                "a@-example.test",
                "a@example.test.",
                "a@192.0.2.1",
                "a\uD800@example.test",
                "<a@example.test>"
            })
    void what_is_no_address_is_refused(String text) {
        assertThatThrownBy(() -> MailAddress.parse(text)).isInstanceOf(BadAddress.class);
    }

    @Test
    void lengths_are_bounded() throws BadAddress {
        MailAddress.parse("a".repeat(64) + "@example.test");
        assertThatThrownBy(() -> MailAddress.parse("a".repeat(65) + "@example.test"))
                .hasMessageContaining("64");
        var domain = "a".repeat(60) + "." + "b".repeat(60) + "." + "c".repeat(60) + ".test";
        assertThatThrownBy(() -> MailAddress.parse("a".repeat(64) + "@" + domain + ".and.more.of.it"))
                .hasMessageContaining("254");
        assertThatThrownBy(() -> MailAddress.parse("a@" + "b.".repeat(1000) + "test"))
                .hasMessageContaining("too long");
    }

    @Test
    void composed_and_decomposed_letters_are_one() throws BadAddress {
        assertThat(MailAddress.parse("e\u0301@example.test")).isEqualTo(MailAddress.parse("\u00e9@example.test"));
    }

    @Test
    void ours_are_in_lower_case_without_blanks_around_and_in_a_real_domain() throws BadAddress {
        assertThat(MailAddress.parseOurs(" Alice@Example.TEST ")).hasToString("alice@example.test");
        assertThatThrownBy(() -> MailAddress.parseOurs("\"\"@example.test")).hasMessageContaining("empty");
        assertThatThrownBy(() -> MailAddress.parseOurs("alice@localhost")).hasMessageContaining("two parts");
        assertThatThrownBy(() -> MailAddress.parseOurs("alice@a_b.test")).isInstanceOf(BadAddress.class);
        assertThatThrownBy(() -> MailAddress.parseOurs("alice@[192.0.2.1]")).isInstanceOf(BadAddress.class);
    }

    @ParameterizedTest
    @CsvSource({
        "smtp://mail.example.org:2525, smtp://mail.example.org:2525",
        "SMTP://Mail.Example.org, smtp://mail.example.org:25",
        "smtp://127.0.0.1:3025/, smtp://127.0.0.1:3025",
        "smtp://[2001:db8::1]:25, smtp://[2001:db8::1]:25",
        "smtp://[::1], smtp://[::1]:25"
    })
    void a_route_leads_to_a_host_and_a_port(String text, String target) throws BadAddress {
        assertThat(RouteTarget.parse(text)).hasToString(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mail.example.org",
                "mail.example.org:25",
                "http://mail.example.org",
                "smtp:mail.example.org",
                "smtp://",
                "smtp://:25",
                "smtp://user@mail.example.org",
                "smtp://mail.example.org/path",
                "smtp://mail.example.org?x=y",
                "smtp://mail.example.org:0",
                "smtp://mail.example.org:70000",
                "smtp://2001:db8::1:25",
                "smtp://[2001:db8::1%eth0]:25",
                "smtp://a b:25",
                "smtp://[::zz]:25"
            })
    void what_is_no_route_is_refused(String text) {
        assertThatThrownBy(() -> RouteTarget.parse(text)).isInstanceOf(BadAddress.class);
    }
}
