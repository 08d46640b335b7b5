package org.mailroom.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeTokenTest {
    private final String digest = HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest("token".getBytes(StandardCharsets.UTF_8)));

    HomeTokenTest() throws Exception {}

    @Test
    void token_is_admitted_whose_digest_is_configured() {
        assertThat(HomeToken.matches("Bearer token", digest)).isTrue();
        assertThat(HomeToken.matches("bearer token", digest.toUpperCase(Locale.ROOT)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer other", "Bearer ", "Bearer", "token", "Basic dG9rZW4=", ""})
    void everything_else_is_refused(String authorization) {
        assertThat(HomeToken.matches(authorization, digest)).isFalse();
    }

    @Test
    void without_a_field_or_with_a_broken_configuration_nobody_is_admitted() {
        assertThat(HomeToken.matches(null, digest)).isFalse();
        assertThat(HomeToken.matches("Bearer token", "")).isFalse();
        assertThat(HomeToken.matches("Bearer token", "no digest")).isFalse();
    }
}
