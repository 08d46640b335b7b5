package org.mailroom.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    Path directory;

    private Home home;

    @BeforeEach
    void home() {
        home = Home.of(directory.resolve("home"));
        home.prepare();
    }

    @Test
    void a_default_is_not_written_down() throws Exception {
        started(Map.of());
        assertThat(Files.readString(home.settings())).doesNotContain("port", "listen", "heap");
    }

    @Test
    void what_was_decided_holds_until_it_is_decided_otherwise() {
        started(Map.of("mail.smtp.port", "3525"));
        started(Map.of());
        assertThat(Settings.of(home).port(Listener.SMTP)).isEqualTo(3525);
        started(Map.of("mail.smtp.port", "4525"));
        assertThat(Settings.of(home).port(Listener.SMTP)).isEqualTo(4525);
    }

    @Test
    void an_empty_value_brings_the_default_back() {
        started(Map.of("mail.smtp.port", "3525"));
        started(Map.of("mail.smtp.port", ""));
        assertThat(Settings.of(home).port(Listener.SMTP)).isEqualTo(2525);
    }

    @Test
    void the_file_has_the_digest_of_the_token_and_never_the_token() throws Exception {
        started(Map.of());
        var token = Files.readString(home.token()).strip();
        assertThat(Files.readString(home.settings()))
                .contains("mail.api.token-sha256=" + Secrets.sha256(token))
                .doesNotContain(token);
    }

    @Test
    void token_and_names_are_the_same_after_a_second_start() throws Exception {
        started(Map.of());
        var before = Files.readString(home.settings());
        started(Map.of());
        assertThat(Files.readString(home.settings())).isEqualTo(before);
    }

    @Test
    void a_port_that_is_none_is_refused_before_it_is_kept() {
        for (var nonsense : new String[] {"abc", "-1", "65536"}) {
            assertThatThrownBy(() -> started(Map.of("mail.imap.port", nonsense)))
                    .isInstanceOf(Trouble.class)
                    .hasMessageContaining("mail.imap.port=" + nonsense)
                    .hasMessageContaining("--set");
        }
        assertThat(home.settings()).doesNotExist();
    }

    @Test
    void this_machine_reaches_the_console_where_it_listens() {
        started(Map.of());
        assertThat(Settings.of(home).reach()).isEqualTo("127.0.0.1");
        started(Map.of("mail.listen", "::"));
        assertThat(Settings.of(home).reach()).isEqualTo("127.0.0.1");
        started(Map.of("mail.listen", "127.0.0.5"));
        assertThat(Settings.of(home).reach()).isEqualTo("127.0.0.5");
        started(Map.of("mail.listen", "::1"));
        assertThat(Settings.of(home).reach()).startsWith("[").endsWith("]");
    }

    private void started(Map<String, String> decisions) {
        var settings = Settings.of(home);
        settings.decide(decisions);
        settings.complete(home);
        settings.save();
    }
}
