package org.mailroom.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginPageTest {
    @ParameterizedTest
    @ValueSource(strings = {"/", "/queue", "/queue?q=x%20y", "/trace/K3MX", "/accounts/a/b@here.test"})
    void login_leads_to_the_page_that_was_wanted(String wanted) {
        assertThat(LoginPage.wanted(wanted)).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/login",
                "//evil.example",
                "https://evil.example/",
                "/nothing",
                "/trace/x\r\nSet-Cookie: y=z",
                "/trace/ä"
            })
    void login_leads_nowhere_else(String wanted) {
        assertThat(LoginPage.wanted(wanted)).isEqualTo("/");
    }
}
