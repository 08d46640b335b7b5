package org.mailroom.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.directory.MailAddress;

class PasswordRulesTest {
    private static final MailAddress ANN = new MailAddress("ann.miller", "here.test");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "Passwort1!",
                "password2026",
                "QWERTZUIOP",
                "aaaaaaaaaaaa",
                "abababababab",
                "ann.miller",
                "Ann.Miller1",
                "ann.miller@here.test",
                "Ann Miller 7"
            })
    void what_everybody_would_try_is_refused(String password) {
        assertThat(PasswordRules.problem(password, ANN, "Ann Miller", 8)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"correct horse", "my ann.miller cat", "Übergrößenträger", "8Zeichen", " with blanks "})
    void anything_else_will_do(String password) {
        assertThat(PasswordRules.problem(password, ANN, "Ann Miller", 8)).isEmpty();
    }
}
