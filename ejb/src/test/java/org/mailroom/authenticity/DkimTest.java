package org.mailroom.authenticity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.contract.MessageSource;
import org.mailroom.dns.Dns;
import org.mailroom.dns.FakeDns;

/** RFC 6376 with the amendments of RFC 8301 and RFC 8463, by their examples and by our own signatures. */
class DkimTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String PLAIN = """
            From: Ada <ada@here.test>
            To: bob@there.test
            Subject: Grüße, and
             a folded subject
            Date: Sat, 21 Nov 2026 12:00:00 +0000

            Hi  Bob.\s

            Ada


            """.replace("\n", "\r\n");

    private final FakeDns zone = new FakeDns();
    private final DkimCheck check = new DkimCheck(new Dns(List.of(zone.address()), Duration.ofSeconds(2)), () -> NOW);

    @AfterEach
    void close() {
        zone.close();
    }

    private static MessageSource source(String text) {
        return MessageSource.of(text.getBytes(ISO_8859_1));
    }

    private List<DkimResult> check(String text) throws IOException {
        var source = source(text);
        return check.check(source, Header.of(source));
    }

    private static String example(String name) throws IOException {
        try (InputStream in = DkimTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), ISO_8859_1)
                    .replace("\r\n", "\n")
                    .replace("\n", "\r\n");
        }
    }

    private String signed(String text, SigningKey... keys) throws IOException {
        var source = source(text);
        return DkimSigning.fields(source, Header.of(source), List.of(keys), NOW) + text;
    }

    @Test
    void rfc8463_appendix_a_both_signatures_pass() throws IOException {
        Keys.publish(
                zone, "football.example.com", "brisbane", "ed25519", "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
        Keys.publish(
                zone,
                "football.example.com",
                "test",
                "rsa",
                "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3"
                        + "W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB");
        assertThat(check(example("rfc8463.eml")))
                .extracting(DkimResult::result, DkimResult::algorithm, DkimResult::why)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Result.PASS, "ed25519-sha256", ""),
                        org.assertj.core.groups.Tuple.tuple(Result.PASS, "rsa-sha256", ""));
    }

    @Test
    void rfc6376_appendix_a_passes() throws IOException {
        Keys.publish(
                zone,
                "example.com",
                "brisbane",
                "rsa",
                "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ij"
                        + "Ssq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB");
        assertThat(check(example("rfc6376.eml")))
                .extracting(DkimResult::result, DkimResult::why)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Result.PASS, ""));
    }

    @ParameterizedTest
    @EnumSource
    void what_we_sign_passes(Algorithm algorithm) throws IOException {
        var key = Keys.published(zone, "here.test", "s1", algorithm);
        var results = check(signed(PLAIN, key));
        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.why()).isEmpty();
            assertThat(result.passed()).isTrue();
            assertThat(result.domain()).isEqualTo("here.test");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "white space in lines  | Hi  Bob.  | Hi Bob.   | PASS",
                "a changed word        | Hi  Bob.  | Hi  Rob.  | FAIL",
                "a folded field        | Ada <ada  | Ada  <ada | PASS",
                "another author        | ada@here  | eve@here  | FAIL",
                "another subject       | a folded  | an old    | FAIL",
                "a field of no concern | Date:     | X-New: 1~Date: | PASS",
                "a second author       | From: Ada | From: eve@there.test~From: Ada | FAIL"
            })
    void what_may_change_on_the_way(String name, String from, String to, Result expected) throws IOException {
        var key = Keys.published(zone, "here.test", "s1", Algorithm.ED25519);
        var text = signed(PLAIN, key).replace(from, to.replace("~", "\r\n"));
        assertThat(check(text)).extracting(DkimResult::result).containsExactly(expected);
    }

    @Test
    void both_algorithms_sign_one_message() throws IOException {
        var rsa = Keys.published(zone, "here.test", "r1", Algorithm.RSA);
        var ed = Keys.published(zone, "here.test", "e1", Algorithm.ED25519);
        assertThat(check(signed(PLAIN, rsa, ed)))
                .extracting(DkimResult::result)
                .containsExactly(Result.PASS, Result.PASS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n", "\r\n\r\n\r\n", "one line without an end", " \t\r\n \r\n"})
    void bodies_at_the_edge(String body) throws IOException {
        var key = Keys.published(zone, "here.test", "s1", Algorithm.ED25519);
        var head = "From: ada@here.test\r\n\r\n";
        assertThat(check(signed(head + body, key)))
                .extracting(DkimResult::result)
                .containsExactly(Result.PASS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v=1;              | v=2;                    | PERMERROR",
                "a=ed25519-sha256  | a=rsa-sha1              | PERMERROR",
                "a=ed25519-sha256  | a=rsa-sha256            | FAIL",
                "h=from:           | h=                      | FAIL",
                "d=here.test       | d=other.test            | PERMERROR",
                "t=                | x=1000000000; t=        | PERMERROR",
                "v=1;              | v=1; i=a@there.test;    | PERMERROR",
                "v=1;              | v=1; l=3;               | POLICY",
                "v=1;              | v=1; v=1;               | PERMERROR",
                "v=1;              | v=1; q=other;           | PERMERROR",
                "s=s1              | s=s1; n=?               | FAIL"
            })
    void signatures_that_do_not_count(String from, String to, Result expected) throws IOException {
        var key = Keys.published(zone, "here.test", "s1", Algorithm.ED25519);
        var text = signed(PLAIN, key).replaceFirst(from, to);
        assertThat(check(text)).extracting(DkimResult::result).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v=DKIM1; p=                             | PERMERROR | the key was revoked",
                "v=DKIM2; p=AAAA                         | PERMERROR | a key of another version",
                "v=DKIM1; k=ed25519; p=AAAA              | PERMERROR | a key that makes no sense",
                "v=DKIM1; k=ed25519; h=sha1; p=AAAA      | PERMERROR | the key is not for sha256",
                "v=DKIM1; k=ed25519; s=tlsrpt; p=AAAA    | PERMERROR | the key is not for mail"
            })
    void keys_that_do_not_count(String record, Result expected, String why) throws IOException {
        var key = Keys.published(new FakeDns(), "here.test", "s1", Algorithm.ED25519);
        Keys.txt(zone, "s1._domainkey.here.test", record);
        assertThat(check(signed(PLAIN, key)))
                .extracting(DkimResult::result, DkimResult::why)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(expected, why));
    }

    @Test
    void no_answer_is_no_verdict() throws IOException {
        var key = Keys.published(zone, "here.test", "s1", Algorithm.ED25519);
        zone.failing("s1._domainkey.here.test");
        assertThat(check(signed(PLAIN, key))).extracting(DkimResult::result).containsExactly(Result.TEMPERROR);
    }

    @Test
    void more_signatures_than_anybody_needs_are_not_asked_about() throws IOException {
        var field = "DKIM-Signature: v=1; a=rsa-sha256; d=x.test; s=s; h=from; bh=AAAA; b=AAAA\r\n";
        assertThat(check(field.repeat(1000) + PLAIN)).hasSize(8);
    }

    @Test
    void a_large_message_is_read_once_and_never_held() throws IOException {
        var key = Keys.published(zone, "here.test", "s1", Algorithm.ED25519);
        var endless = new EndlessMessage("From: ada@here.test\r\n\r\n", 200L * 1024 * 1024);
        var fields = DkimSigning.fields(endless, Header.of(endless), List.of(key), NOW);
        var signed = new EndlessMessage(fields + "From: ada@here.test\r\n\r\n", 200L * 1024 * 1024);
        assertThat(check.check(signed, Header.of(signed)))
                .extracting(DkimResult::result)
                .containsExactly(Result.PASS);
    }

    /** A head, and a body of one letter that is nowhere whole. */
    private record EndlessMessage(String head, long body) implements MessageSource {
        @Override
        public long size() {
            return head.length() + body;
        }

        @Override
        public InputStream open() {
            return new java.io.SequenceInputStream(
                    new java.io.ByteArrayInputStream(head.getBytes(ISO_8859_1)), new InputStream() {
                        private long left = body;

                        @Override
                        public int read() {
                            return left-- > 0 ? 'x' : -1;
                        }

                        @Override
                        public int read(byte[] buffer, int from, int length) {
                            if (left <= 0) {
                                return -1;
                            }
                            int count = (int) Math.min(left, length);
                            java.util.Arrays.fill(buffer, from, from + count, (byte) 'x');
                            left -= count;
                            return count;
                        }
                    });
        }
    }
}
