package org.mailroom.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
    @TempDir
    Path directory;

    private final StringWriter errors = new StringWriter();

    @Test
    void home_may_stand_before_or_behind_the_command() {
        assertThat(run("--home", directory.toString(), "account", "list")).isEqualTo(1);
        assertThat(run("account", "list", "--home", directory.toString())).isEqualTo(1);
        assertThat(errors.toString().lines()).hasSize(2).allMatch(line -> line.contains(directory.toString()));
    }

    @Test
    void asking_where_nothing_runs_says_how_to_start_it() {
        assertThat(run("domain", "add", "example.test", "--home", directory.toString()))
                .isEqualTo(1);
        assertThat(errors.toString()).contains("./mailroom run").doesNotContain("\tat ");
    }

    @Test
    void what_does_not_exist_is_a_usage_error() {
        assertThat(run("account", "explode", "x@y.test")).isEqualTo(2);
        assertThat(run("run", "--set", "nonsense")).isEqualTo(2);
    }

    @Test
    void every_command_of_the_manual_is_there() {
        assertThat(Mailroom.commandLine().getSubcommands().keySet())
                .contains(
                        "run",
                        "stop",
                        "status",
                        "domain",
                        "account",
                        "route",
                        "queue",
                        "quarantine",
                        "policy",
                        "list",
                        "rule",
                        "admin",
                        "test");
        assertThat(Mailroom.commandLine()
                        .getSubcommands()
                        .get("account")
                        .getSubcommands()
                        .keySet())
                .containsExactlyInAnyOrder(
                        "add",
                        "list",
                        "disable",
                        "enable",
                        "password",
                        "remove",
                        "restore",
                        "move",
                        "expire",
                        "import",
                        "language",
                        "reset-second-factor");
    }

    @Test
    void nothing_runs_in_an_empty_home() {
        assertThat(run("status", "--home", directory.toString())).isEqualTo(3);
    }

    private int run(String... words) {
        return Mailroom.commandLine().setErr(new PrintWriter(errors, true)).execute(words);
    }
}
