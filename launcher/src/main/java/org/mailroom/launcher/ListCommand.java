package org.mailroom.launcher;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Senders and recipients that are always or never wanted. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Senders and recipients that are always or never wanted.")
final class ListCommand {
    @ParentCommand
    private Mailroom mailroom;

    /** One of both, and not neither. */
    static final class Answer {
        @Option(names = "--allow", description = "Spared block lists, greylist and rspamd.")
        boolean allow;

        @Option(names = "--block", description = "Refused at RCPT.")
        boolean block;
    }

    @Command(mixinStandardHelpOptions = true, description = "Adds an entry, or changes what is said of its pattern.")
    void add(
            @Parameters(paramLabel = "sender|recipient", description = "What the pattern is held against.")
                    String subject,
            @Parameters(
                            paramLabel = "PATTERN",
                            description = "An address, a domain, .domain with those below it, a network, or *.")
                    String pattern,
            @ArgGroup(multiplicity = "1") Answer answer,
            @Option(
                            names = "--for",
                            paramLabel = "OWNER",
                            defaultValue = "",
                            description = "An address or a domain of ours; otherwise for all.")
                    String owner) {
        var entry = mailroom.api()
                .post(
                        "/policy/lists",
                        Map.of("owner", owner, "subject", subject, "pattern", pattern, "allow", answer.allow))
                .object();
        System.out.println("Entry " + Table.text(entry.get("id")) + " is in the list.");
    }

    @Command(mixinStandardHelpOptions = true, description = "All entries, or those of one owner.")
    void show(
            @Option(
                            names = "--for",
                            paramLabel = "OWNER",
                            defaultValue = "",
                            description = "An address or a domain of ours.")
                    String owner) {
        Table.print(
                mailroom.api().all("/policy/lists", "owner=" + Api.segment(owner)),
                List.of("id", "owner", "subject", "pattern", "allow"),
                System.out);
    }

    @Command(mixinStandardHelpOptions = true, description = "Removes an entry.")
    void remove(@Parameters(paramLabel = "ID") long id) {
        mailroom.api().delete("/policy/lists/" + id);
        System.out.println("Entry " + id + " is removed.");
    }
}
