package org.mailroom.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DatabaseTest {
    @Test
    void user_and_password_leave_the_url() {
        assertThat(Database.settings("jdbc:postgresql://db.example:5433/mail?user=m&sslmode=require&password=a%26b"))
                .isEqualTo(Map.of(
                        "mail.database.url", "jdbc:postgresql://db.example:5433/mail?sslmode=require",
                        "mail.database.user", "m",
                        "mail.database.password", "a&b"));
    }

    @Test
    void a_url_without_parameters_stays_as_it_is() {
        assertThat(Database.settings("jdbc:postgresql://db.example/mail"))
                .isEqualTo(Map.of("mail.database.url", "jdbc:postgresql://db.example/mail"));
        assertThat(Database.settings("jdbc:postgresql://db.example/mail?user=m"))
                .containsEntry("mail.database.url", "jdbc:postgresql://db.example/mail");
    }

    @Test
    void embedded_forgets_the_url() {
        assertThat(Database.settings("embedded")).isEqualTo(Map.of("mail.database.url", ""));
    }

    @Test
    void other_databases_are_refused() {
        assertThatThrownBy(() -> Database.settings("jdbc:h2:mem:x"))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("jdbc:postgresql://");
    }
}
