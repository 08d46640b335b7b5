package org.mailroom.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.TestConfig;

class RspamdSettingsTest {
    private static RspamdSettings settings(String key, String value) {
        return RspamdSettings.of(TestConfig.of(Map.of(key, value)));
    }

    @Test
    void is_off_unless_there_is_an_address() {
        assertThat(RspamdSettings.of(TestConfig.of(Map.of())).address()).isNull();
        assertThat(settings("mail.content.rspamd.url", "http://127.0.0.1:11333/")
                        .address())
                .isEqualTo(URI.create("http://127.0.0.1:11333"));
    }

    @Test
    void leaves_half_of_the_calls_to_others() {
        assertThat(settings("mail.limits.calls", "120").availability().concurrency())
                .isEqualTo(20);
        assertThat(settings("mail.content.rspamd.concurrency", "60")
                        .availability()
                        .concurrency())
                .isEqualTo(32);
        assertThat(settings("mail.limits.calls", "9").availability().concurrency())
                .isEqualTo(4);
        assertThat(settings("mail.limits.calls", "1").availability().concurrency())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:11333", "localhost", "ftp://x", "http://", "http://x?y", "ht tp://x"})
    void a_wrong_address_stops_the_start(String address) {
        assertThatThrownBy(() -> settings("mail.content.rspamd.url", address))
                .hasMessageContaining("mail.content.rspamd.url");
    }
}
