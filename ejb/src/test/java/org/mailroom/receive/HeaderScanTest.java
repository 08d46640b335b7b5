package org.mailroom.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.MessageSource;

class HeaderScanTest {
    private static HeaderScan scan(String text) throws IOException {
        return HeaderScan.of(MessageSource.of(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void counts_hops_and_sees_what_is_there() throws IOException {
        assertThat(
                        scan(
                                "Received: a\r\nRECEIVED : b\r\n by Received: c\r\nDate: x\r\nmessage-id: y\r\n\r\nReceived: z\r\n"))
                .isEqualTo(new HeaderScan(2, true, true, Set.of(), false, false));
    }

    @Test
    void looks_at_no_body_and_at_no_continuation() throws IOException {
        assertThat(scan("Subject: x\r\n Date: no\r\n\r\nDate: no\r\nMessage-ID: no\r\n"))
                .isEqualTo(new HeaderScan(0, false, false, Set.of(), false, false));
    }

    @Test
    void takes_any_octets() throws IOException {
        assertThat(scan("")).isEqualTo(new HeaderScan(0, false, false, Set.of(), false, false));
        assertThat(scan("\r\n")).isEqualTo(new HeaderScan(0, false, false, Set.of(), false, false));
        assertThat(scan("no header at all")).isEqualTo(new HeaderScan(0, false, false, Set.of(), false, false));
        assertThat(scan("x".repeat(3_000_000) + "\r\nDate: late\r\n"))
                .isEqualTo(new HeaderScan(0, false, false, Set.of(), false, false));
        assertThat(scan("Received: 1\r\n".repeat(101) + "\r\n").received()).isEqualTo(101);
    }

    @Test
    void who_sent_it_on_before_is_known() throws Exception {
        assertThat(scan("Delivered-To: A@here.test\r\ndelivered-to:b@here.test\r\n\r\nDelivered-To: c@here.test\r\n")
                        .deliveredTo())
                .containsExactlyInAnyOrder("a@here.test", "b@here.test");
        assertThat(scan("Delivered-To: x@y\r\n".repeat(5000)).deliveredTo()).hasSize(1);
    }

    @Test
    void what_others_found_is_seen_by_the_whole_name_rfc8601() throws Exception {
        assertThat(scan("a: b\r\nAuthentication-RESULTS : x\r\n\r\n").hasResults())
                .isTrue();
        assertThat(scan("ARC-Authentication-Results: x\r\nAuthentication-Resultss: x\r\n\r\n")
                        .hasResults())
                .isFalse();
    }

    @Test
    void a_sender_may_want_it_sent_in_the_clear_rather_than_not_rfc8689() throws Exception {
        assertThat(scan("a: b\r\nTLS-Required: No\r\n\r\n").tlsOptional()).isTrue();
        assertThat(scan("TLS-Required: Yes\r\n\r\nTLS-Required: No\r\n").tlsOptional())
                .isFalse();
    }
}
