package org.mailroom.launcher;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The domains whose mail is ours. */
@Command(
        name = "domain",
        mixinStandardHelpOptions = true,
        description = "The domains whose mail is ours.",
        subcommandsRepeatable = false)
final class DomainCommand {
    @ParentCommand
    private Mailroom mailroom;

    @Command(mixinStandardHelpOptions = true, description = "From now on, mail for the domain is ours.")
    void add(@Parameters(paramLabel = "NAME") String name) {
        var answer = mailroom.api().post("/domains", Map.of("name", name));
        System.out.println(answer.created() ? "Domain " + name + " added." : "Domain " + name + " is there already.");
    }

    @Command(mixinStandardHelpOptions = true, description = "All domains.")
    void list() {
        Table.print(mailroom.api().all("/domains"), List.of("name", "accounts", "created"), System.out);
    }

    @Command(mixinStandardHelpOptions = true, description = "Mail for the domain is no longer ours.")
    void remove(@Parameters(paramLabel = "NAME") String name) {
        mailroom.api().delete("/domains/" + Api.segment(name));
        System.out.println("Domain " + name + " removed.");
    }
}
