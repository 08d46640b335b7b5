package org.mailroom.connector.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.connector.imap.CommandTable.Trait;
import org.mailroom.connector.imap.CommandTable.When;
import org.mailroom.contract.wire.WireSettings.PlaintextLogin;

class CommandTableTest {
    @TempDir
    static Path folder;

    @Test
    void what_the_table_names_is_advertised() throws Exception {
        var told = new ArrayList<String>();
        try (var fixture = new ImapFixture(folder, PlaintextLogin.LOOPBACK, Duration.ofMinutes(1));
                var client = new ImapClient(fixture.address())) {
            client.command("CAPABILITY", line -> told.addAll(List.of(line.split(" "))));
            client.login();
            client.command("CAPABILITY", line -> told.addAll(List.of(line.split(" "))));
        }
        told.add("STARTTLS"); // only where there is a certificate
        assertThat(told)
                .containsAll(CommandTable.rows().stream()
                        .map(CommandTable.Row::extension)
                        .toList());
    }

    @Test
    void only_a_selected_mailbox_can_be_changed() {
        assertThat(CommandTable.rows()).allMatch(row -> row.when() == When.SELECTED || !row.is(Trait.CHANGES));
        assertThat(CommandTable.rows()).allMatch(row -> row.when() == When.SELECTED || !row.is(Trait.NUMBERS));
    }

    @Test
    void before_login_no_command_carries_a_message() {
        assertThat(CommandTable.rows())
                .allMatch(row -> row.when() == When.LOGGED_IN || row.when() == When.SELECTED || !row.is(Trait.LARGE));
    }
}
