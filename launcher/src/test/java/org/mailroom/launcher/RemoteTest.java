package org.mailroom.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands for a server on another machine. */
class RemoteTest {
    private final StringWriter errors = new StringWriter();

    private int run(String... words) {
        return Mailroom.commandLine().setErr(new PrintWriter(errors, true)).execute(Remote.first(words));
    }

    @Test
    void the_server_may_be_named_before_and_behind_the_command() {
        assertThat(Remote.first(new String[] {"domain", "list", "--server", "https://a.test", "--trust=ca.pem", "-h"}))
                .containsExactly("--server", "https://a.test", "--trust=ca.pem", "domain", "list", "-h");
        assertThat(Remote.first(new String[] {"directory", "set", "corp", "--server", "ldap://dc.test"}))
                .containsExactly("directory", "set", "corp", "--server", "ldap://dc.test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mail.test", "ftp://mail.test", "https://", "https://mail.test/console"})
    void what_is_no_address_of_a_server_is_refused(String address) {
        assertThat(run("domain", "list", "--server", address)).isEqualTo(1);
        assertThat(errors.toString()).contains("is no address such as").doesNotContain("\tat ");
    }

    @Test
    void no_token_goes_over_a_network_in_the_clear_and_without_a_token_nobody_is_asked() {
        assertThat(run("domain", "list", "--server", "http://192.0.2.1:8080", "--token-file", "t"))
                .isEqualTo(1);
        assertThat(errors.toString()).contains("over TLS only");
        assertThat(run("domain", "list", "--server", "https://127.0.0.1:1", "--token-file", "/nonexistent"))
                .isEqualTo(1);
        assertThat(errors.toString()).contains("cannot read the token");
    }

    @Test
    void what_is_done_on_the_machine_itself_is_not_done_elsewhere() {
        assertThat(run("stop", "--server", "https://mail.test")).isEqualTo(1);
        assertThat(errors.toString()).contains("on the machine itself");
    }
}
