package org.mailroom.launcher;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Accounts whose mail goes on. */
@Command(
        name = "forward",
        mixinStandardHelpOptions = true,
        description = "Accounts whose mail goes on to other addresses.")
final class ForwardCommand {
    private static final String PATH = "/addresses/forwards";

    @ParentCommand
    private Mailroom mailroom;

    @Command(mixinStandardHelpOptions = true, description = "Forwards an account's mail.")
    void add(
            @Parameters(paramLabel = "ACCOUNT") String account,
            @Parameters(paramLabel = "TARGET", arity = "1..*") List<String> targets,
            @Option(names = "--no-copy", description = "The account itself gets none of it.") boolean noCopy) {
        mailroom.api().put(PATH + "/" + Api.segment(account), Map.of("targets", targets, "keepsCopy", !noCopy));
        System.out.println("Mail for " + account + " is forwarded" + (noCopy ? "." : ", and a copy stays."));
    }

    @Command(mixinStandardHelpOptions = true, description = "All forwards.")
    void list() {
        Table.print(mailroom.api().all(PATH), List.of("account", "keepsCopy", "targets"), System.out);
    }

    @Command(mixinStandardHelpOptions = true, description = "The account's mail stays with it again.")
    void remove(@Parameters(paramLabel = "ACCOUNT") String account) {
        mailroom.api().delete(PATH + "/" + Api.segment(account));
        System.out.println("Mail for " + account + " is not forwarded any more.");
    }
}
