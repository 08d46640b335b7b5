package org.mailroom.authenticity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Sender Rewriting Scheme: there and back, and not for strangers. */
class SenderRewritingTest {
    private static final byte[] SECRET = "a secret".getBytes(US_ASCII);

    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private final SenderRewriting ours = rewriting(SECRET);

    private SenderRewriting rewriting(byte[]... secrets) {
        return new SenderRewriting(List.of(secrets), Duration.ofDays(21), () -> now);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice@there.test",
                "a=b=c@there.test",
                "\"a b\"@there.test",
                "\"a@b\\\"c\"@there.test",
                "\"..\"@there.test",
                "dömäne@there.test"
            })
    void a_bounce_finds_back(String sender) {
        var forwarded = ours.forwarded(sender, "here.test");
        assertThat(forwarded).endsWith("@here.test").matches("\"?SRS0=.*");
        assertThat(SenderRewriting.isRewritten(forwarded)).isTrue();
        assertThat(ours.original(forwarded)).hasValue(sender);
    }

    @Test
    void the_empty_path_and_our_own_stay() {
        assertThat(ours.forwarded("", "here.test")).isEmpty();
        assertThat(ours.forwarded("bob@Here.test", "here.test")).isEqualTo("bob@Here.test");
    }

    @Test
    void a_local_part_of_quotes_alone_comes_back() {
        var forwarded = ours.forwarded("\"\"@there.test", "here.test");
        assertThat(ours.original(forwarded)).hasValue("\"\"@there.test");
    }

    @Test
    void case_is_lost_on_the_way_and_does_no_harm() {
        var shouted = ours.forwarded("Alice@there.test", "here.test").toUpperCase(Locale.ROOT);
        assertThat(ours.original(shouted)).hasValue("ALICE@THERE.TEST");
    }

    @Test
    void nobody_else_makes_such_an_address() {
        var forwarded = ours.forwarded("alice@there.test", "here.test");
        assertThat(ours.original(forwarded.replace("alice", "bob"))).isEmpty();
        assertThat(ours.original(forwarded.replace("there.test", "other.test"))).isEmpty();
        assertThat(rewriting("another".getBytes(US_ASCII)).original(forwarded)).isEmpty();
        assertThat(ours.original("SRS0=aaaaaaaaaa=aa=there.test=alice@here.test"))
                .isEmpty();
        assertThat(ours.original("SRS0=@here.test")).isEmpty();
        assertThat(ours.original("alice@here.test")).isEmpty();
    }

    @Test
    void an_old_secret_still_proves_what_it_made() {
        var forwarded = ours.forwarded("alice@there.test", "here.test");
        assertThat(rewriting("newer".getBytes(US_ASCII), SECRET).original(forwarded))
                .hasValue("alice@there.test");
    }

    @Test
    void a_bounce_may_take_so_long_and_no_longer() {
        var forwarded = ours.forwarded("alice@there.test", "here.test");
        now = now.plus(Duration.ofDays(21));
        assertThat(ours.original(forwarded)).isPresent();
        now = now.plus(Duration.ofDays(1));
        assertThat(ours.original(forwarded)).isEmpty();
    }

    @Test
    void what_was_forwarded_before_goes_back_to_the_first_forwarder() {
        var first = rewriting("of the first".getBytes(US_ASCII));
        var atFirst = first.forwarded("alice@there.test", "first.test");
        var second = rewriting("of the second".getBytes(US_ASCII));
        var atSecond = second.forwarded(atFirst, "second.test");
        assertThat(atSecond).startsWith("SRS1=").contains("=first.test==");
        var atThird = ours.forwarded(atSecond, "here.test");
        assertThat(atThird).startsWith("SRS1=").hasSameSizeAs(atSecond.replace("second.test", "here.test"));
        assertThat(ours.original(atThird)).hasValue(atFirst);
        assertThat(first.original(ours.original(atThird).orElseThrow())).hasValue("alice@there.test");
    }
}
