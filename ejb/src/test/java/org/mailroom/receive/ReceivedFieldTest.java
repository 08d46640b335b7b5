package org.mailroom.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.receive.Client;

/** RFC 5321 §4.4 */
class ReceivedFieldTest {
    private static final Instant NOW = Instant.parse("2026-03-06T12:00:00Z");
    private static final Envelope ONE = Envelope.of("a@there.test", List.of("bob@here.test"));

    private static String field(Client client, Envelope envelope) {
        return ReceivedField.of(client, envelope, "mail.here.test", "Q1", NOW);
    }

    @Test
    void tells_from_whom_by_whom_how_and_when() {
        assertThat(field(Clients.stranger("there.test", "192.0.2.1"), ONE)).isEqualTo("""
                Received: from there.test ([192.0.2.1])
                \tby mail.here.test (Mailroom) with ESMTP
                \tid Q1
                \tfor <bob@here.test>;
                \tFri, 6 Mar 2026 12:00:00 +0000
                """.replace("\n", "\r\n"));
    }

    @Test
    void tells_of_tls_and_login_as_rfc3848_names_them() {
        assertThat(field(Clients.user(1), ONE)).contains("with ESMTPSA (TLSv1.3 TLS_AES_256_GCM_SHA384)\r\n");
    }

    @Test
    void names_no_recipient_where_there_are_several() {
        assertThat(field(Clients.user(1), Envelope.of("a@b", List.of("c@d", "e@f"))))
                .doesNotContain("for <");
    }

    @Test
    void writes_ipv6_as_an_address_literal() {
        assertThat(field(Clients.stranger("[IPv6:2001:db8::1]", "2001:db8::1"), ONE))
                .startsWith("Received: from [IPv6:2001:db8::1] ([IPv6:2001:db8:0:0:0:0:0:1])\r\n");
    }

    @Test
    void repeats_nothing_that_could_break_the_header() {
        var field = field(
                Clients.stranger("evil\r\nX-Injected: yes (", "192.0.2.1"),
                Envelope.of("a@b", List.of("x\r\nX-Injected: yes@here.test")));
        assertThat(field)
                .startsWith("Received: from [192.0.2.1] ([192.0.2.1])\r\n")
                .doesNotContain("X-Injected");
        assertThat(ReceivedField.returnPath("a\r\nb@c")).isEqualTo("Return-Path: <a??b@c>\r\n");
    }
}
