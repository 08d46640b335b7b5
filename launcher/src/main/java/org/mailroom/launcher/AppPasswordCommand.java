package org.mailroom.launcher;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Passwords of programs. */
@Command(
        name = "app-password",
        mixinStandardHelpOptions = true,
        description = "Passwords of programs and devices, beside the account's own.")
final class AppPasswordCommand {
    @ParentCommand
    private Mailroom mailroom;

    @Command(mixinStandardHelpOptions = true, description = "Makes one and shows it.")
    void add(
            @Parameters(paramLabel = "ADDRESS") String address,
            @Parameters(paramLabel = "NAME", description = "Of the program or device.") String name,
            @Option(
                            names = "--for",
                            split = ",",
                            paramLabel = "SERVICE",
                            description = "Some of smtp, imap, pop3, divided by commas; else all.")
                    List<String> services,
            @Option(names = "--days", defaultValue = "0", description = "How long it holds; 0: without end.")
                    int days) {
        var wanted = services == null ? List.<String>of() : services;
        var answer = mailroom.api().post(path(address), Map.of("name", name, "services", wanted, "days", days));
        System.out.println("Password of " + name + ": " + answer.text("password") + "    (shown this once)");
    }

    @Command(mixinStandardHelpOptions = true, description = "Those of an account, and when each was used last.")
    void list(@Parameters(paramLabel = "ADDRESS") String address) {
        Table.print(
                mailroom.api().all(path(address)),
                List.of("id", "name", "services", "created", "expires", "lastUsed", "lastClient"),
                System.out);
    }

    @Command(mixinStandardHelpOptions = true, description = "Ends one.")
    void revoke(@Parameters(paramLabel = "ADDRESS") String address, @Parameters(paramLabel = "ID") long id) {
        mailroom.api().delete(path(address) + "/" + id);
        System.out.println("It opens nothing any more.");
    }

    private static String path(String address) {
        return "/accounts/" + Api.segment(address) + "/application-passwords";
    }
}
