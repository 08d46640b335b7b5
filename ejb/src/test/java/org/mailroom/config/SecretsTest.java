package org.mailroom.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    private Path home;

    private Path file;
    private Secrets secrets;

    @BeforeEach
    void a_key_that_is_not_there_yet() {
        file = home.resolve("mailroom.key");
        secrets = new Secrets(file);
    }

    @Test
    void what_was_sealed_opens_again_also_after_a_restart() {
        var sealed = secrets.seal("route a.test", "Geheim €");
        assertThat(sealed).doesNotContain("Geheim");
        assertThat(secrets.open("route a.test", sealed)).isEqualTo("Geheim €");
        assertThat(new Secrets(file).open("route a.test", sealed)).isEqualTo("Geheim €");
    }

    @Test
    void the_same_text_is_sealed_differently_each_time() {
        assertThat(secrets.seal("route a.test", "x")).isNotEqualTo(secrets.seal("route a.test", "x"));
    }

    @Test
    void it_opens_nowhere_else_and_with_no_other_key() {
        var sealed = secrets.seal("route a.test", "x");
        assertThatThrownBy(() -> secrets.open("route b.test", sealed)).hasMessageContaining("set it anew");
        assertThatThrownBy(() -> new Secrets(home.resolve("other.key")).open("route a.test", sealed))
                .hasMessageContaining("set it anew");
        assertThatThrownBy(() -> secrets.open("route a.test", "{AES-GCM}half")).hasMessageContaining("set it anew");
    }

    @Test
    void what_was_kept_before_sealing_began_is_taken_as_it_is() {
        assertThat(secrets.open("route a.test", "plain")).isEqualTo("plain");
    }

    @Test
    void only_the_owner_may_read_the_key() throws Exception {
        secrets.seal("route a.test", "x");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.list(home)).containsExactly(file);
    }

    @Test
    void a_damaged_key_is_not_replaced() throws Exception {
        Files.writeString(file, "c2hvcnQ=");
        assertThatThrownBy(() -> secrets.seal("route a.test", "x")).hasMessageContaining("no key");
    }
}
