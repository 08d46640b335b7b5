package org.mailroom.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8461 §3.2. */
class StsPolicyTest {
    @Test
    void policy_is_read() {
        var policy = StsPolicy.parse(
                        "version: STSv1\r\nmode: enforce\r\nmode: none\r\nmx: Mail.There.test\r\nmx: *.there.test\r\nmax_age: 604800\r\nnew: x\r\n")
                .orElseThrow();
        assertThat(policy.mode()).isEqualTo(StsPolicy.Mode.ENFORCE);
        assertThat(policy.hosts()).containsExactly("mail.there.test", "*.there.test");
        assertThat(policy.maxAge()).isEqualTo(Duration.ofDays(7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "version: STSv2\nmode: none\nmax_age: 1",
                "version: STSv1\nmode: enforce\nmax_age: 1",
                "version: STSv1\nmode: strict\nmx: a.test\nmax_age: 1",
                "version: STSv1\nmode: enforce\nmx: a.test\nmax_age: soon",
                "version: STSv1\nmode: enforce\nmx: a.*.test\nmax_age: 1",
            })
    void what_makes_no_sense_is_none(String text) {
        assertThat(StsPolicy.parse(text)).isEmpty();
    }

    @Test
    void star_stands_for_one_label() {
        var policy = StsPolicy.parse("version: STSv1\nmode: testing\nmx: *.there.test\nmax_age: 99999999999")
                .isEmpty();
        assertThat(policy).isTrue();
        var sound = StsPolicy.parse("version: STSv1\nmode: testing\nmx: *.there.test\nmax_age: 9999999999")
                .orElseThrow();
        assertThat(sound.maxAge()).isEqualTo(Duration.ofSeconds(31_557_600));
        assertThat(sound.names("mx.THERE.test")).isTrue();
        assertThat(sound.names("a.mx.there.test")).isFalse();
        assertThat(sound.names("there.test")).isFalse();
    }
}
