package org.mailroom.launcher;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The first administrator of the console. */
@Command(name = "admin", mixinStandardHelpOptions = true, description = "The first administrator of the console.")
final class AdminCommand {
    @ParentCommand
    private Mailroom mailroom;

    @Command(
            name = "reset-password",
            mixinStandardHelpOptions = true,
            description = "Gives the administrator a new password and shows it.")
    void resetPassword(@Option(names = "--json", description = "For programs.") boolean json) {
        var answer = mailroom.api().post("/administrator/password", Map.of());
        if (json) {
            System.out.println(answer.object());
            return;
        }
        System.out.println("Administrator " + answer.text("administrator"));
        System.out.println("Password: " + answer.text("password") + "    (shown this once)");
    }
}
