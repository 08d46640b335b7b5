package org.mailroom.launcher;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Addresses that lead to others. */
@Command(
        name = "alias",
        mixinStandardHelpOptions = true,
        description = "Addresses that lead to several others, here or elsewhere.")
final class AliasCommand {
    private static final String PATH = "/addresses/aliases";

    @ParentCommand
    private Mailroom mailroom;

    @Command(mixinStandardHelpOptions = true, description = "Adds an alias, or has it lead to these addresses.")
    void add(
            @Parameters(paramLabel = "ADDRESS") String address,
            @Parameters(paramLabel = "TARGET", arity = "1..*") List<String> targets) {
        var answer = mailroom.api().put(PATH + "/" + Api.segment(address), Map.of("targets", targets));
        System.out.println("Alias " + address + (answer.created() ? " added." : " changed."));
    }

    @Command(mixinStandardHelpOptions = true, description = "All aliases that do not belong to one account.")
    void list() {
        Table.print(mailroom.api().all(PATH), List.of("address", "targets"), System.out);
    }

    @Command(mixinStandardHelpOptions = true, description = "Removes an alias.")
    void remove(@Parameters(paramLabel = "ADDRESS") String address) {
        mailroom.api().delete(PATH + "/" + Api.segment(address));
        System.out.println("Alias " + address + " removed.");
    }
}
