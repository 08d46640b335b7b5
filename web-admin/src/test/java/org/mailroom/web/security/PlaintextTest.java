package org.mailroom.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaintextTest {
    @ParameterizedTest
    @CsvSource({
        "loopback,127.0.0.1,true",
        "loopback,127.9.9.9,true",
        "loopback,::1,true",
        "loopback,192.0.2.1,false",
        "loopback,2001:db8::1,false",
        "never,127.0.0.1,false",
        "always,192.0.2.1,true",
        "ALWAYS,192.0.2.1,true",
        "mistyped,192.0.2.1,false"
    })
    void secrets_pass_in_the_clear_only_where_the_rule_says_so(String rule, String client, boolean admitted) {
        assertThat(Plaintext.admits(rule, client)).isEqualTo(admitted);
    }
}
