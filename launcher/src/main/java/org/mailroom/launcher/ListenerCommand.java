package org.mailroom.launcher;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** The ports for mail. */
@Command(name = "listener", mixinStandardHelpOptions = true, description = "The ports for mail.")
final class ListenerCommand {
    @ParentCommand
    private Mailroom mailroom;

    @Command(mixinStandardHelpOptions = true, description = "Each port, whether it is open, and what it shows by TLS.")
    void list() {
        Table.print(
                mailroom.api().all("/listeners"),
                List.of("name", "protocol", "address", "port", "tls", "state", "sessions", "certificate", "until"),
                System.out);
    }
}
