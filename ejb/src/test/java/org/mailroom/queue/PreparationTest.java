package org.mailroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.relay.Extensions;

/** A message in the form that one host takes. */
class PreparationTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final MessageSource EIGHT =
            message("Content-Type: text/plain; charset=utf-8\r\n\r\nfür alle, die das lesen wollen\r\n");

    private static MessageSource message(String text) {
        return MessageSource.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Extensions offering(String... keywords) {
        var offered = new java.util.HashMap<String, String>();
        for (var keyword : keywords) {
            offered.put(keyword, "");
        }
        return new Extensions(offered);
    }

    private static Preparation prepare(
            String from, String to, Map<String, String> parameters, MessageSource content, Extensions offered)
            throws IOException {
        var envelope = new Envelope(from, parameters, List.of(Envelope.Recipient.of(to)));
        return Preparation.of(envelope, content, offered, NOW.minusSeconds(20), NOW);
    }

    private static Preparation.Ready ready(
            String from, String to, Map<String, String> parameters, MessageSource content, Extensions offered)
            throws IOException {
        return (Preparation.Ready) prepare(from, to, parameters, content, offered);
    }

    private static String refusal(Map<String, String> parameters, MessageSource content, Extensions offered)
            throws IOException {
        return ((Preparation.Impossible) prepare("a@here.test", "b@there.test", parameters, content, offered))
                .outcome()
                .status();
    }

    @Test
    void host_with_8BITMIME_gets_the_octets_as_they_are() throws Exception {
        assertThat(ready("a@here.test", "b@there.test", Map.of(), EIGHT, offering("8BITMIME"))
                        .content())
                .isSameAs(EIGHT);
    }

    @Test
    void host_without_it_gets_seven_bits() throws Exception {
        var content = ready("a@here.test", "b@there.test", Map.of(), EIGHT, offering())
                .content();
        try (var in = content.open()) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).contains("f=C3=BCr alle");
        }
    }

    @Test
    void signed_part_of_eight_bits_fails_there() throws Exception {
        var signed = message("Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n\r\nfür\r\n--b--\r\n");
        assertThat(refusal(Map.of(), signed, offering())).isEqualTo("5.6.3");
    }

    @Test
    void domain_in_other_letters_is_said_in_ascii_where_that_is_all() throws Exception {
        var envelope = ready("a@bücher.test", "b@bücher.test", Map.of(), EIGHT, offering("8BITMIME"))
                .envelope();
        assertThat(envelope.reversePath()).isEqualTo("a@xn--bcher-kva.test");
        assertThat(envelope.recipients().getFirst().address()).isEqualTo("b@xn--bcher-kva.test");
    }

    @Test
    void SMTPUTF8_that_was_asked_for_and_is_not_needed_stops_nothing() throws Exception {
        var ready = ready("a@here.test", "b@there.test", Map.of("SMTPUTF8", ""), EIGHT, offering("8BITMIME"));
        assertThat(ready.envelope().parameters()).isEmpty();
        assertThat(refusal(Map.of("SMTPUTF8", ""), message("Subject: für\r\n\r\n"), offering("8BITMIME")))
                .isEqualTo("5.6.7");
        assertThat(prepare("ä@here.test", "b@there.test", Map.of(), EIGHT, offering("8BITMIME")))
                .isInstanceOf(Preparation.Impossible.class);
    }

    @Test
    void required_tls_goes_to_hosts_that_promise_it_only() throws Exception {
        assertThat(refusal(Map.of("REQUIRETLS", ""), EIGHT, offering("8BITMIME")))
                .isEqualTo("5.7.30");
        ready("a@here.test", "b@there.test", Map.of("REQUIRETLS", ""), EIGHT, offering("8BITMIME", "REQUIRETLS"));
        // RFC 8689 §5: a report is not lost.
        ready("", "b@there.test", Map.of("REQUIRETLS", ""), EIGHT, offering("8BITMIME"));
    }

    @Test
    void time_that_is_left_goes_on() throws Exception {
        var offered = offering("8BITMIME", "DELIVERBY");
        assertThat(ready("a@here.test", "b@there.test", Map.of("BY", "120;R"), EIGHT, offered)
                        .envelope()
                        .parameters())
                .containsEntry("BY", "100;R");
        assertThat(ready("a@here.test", "b@there.test", Map.of("BY", "10;N"), EIGHT, offered)
                        .envelope()
                        .parameters())
                .containsEntry("BY", "-10;N");
        assertThat(refusal(Map.of("BY", "10;R"), EIGHT, offered)).isEqualTo("5.4.7");
        assertThat(refusal(Map.of("BY", "120;R"), EIGHT, offering("8BITMIME"))).isEqualTo("5.3.3");
    }
}
