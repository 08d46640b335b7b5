package org.mailroom.launcher;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Messages to groups that wait for a moderator. */
@Command(
        name = "moderation",
        mixinStandardHelpOptions = true,
        description = "Messages to groups that wait for a moderator.")
final class ModerationCommand {
    private static final String PATH = "/moderation";

    @ParentCommand
    private Mailroom mailroom;

    @Command(mixinStandardHelpOptions = true, description = "All that wait.")
    void list() {
        Table.print(
                mailroom.api().all(PATH),
                List.of("id", "group", "sender", "subject", "size", "created", "expires"),
                System.out);
    }

    @Command(mixinStandardHelpOptions = true, description = "Sends one to its group.")
    void approve(@Parameters(paramLabel = "ID") long id) {
        mailroom.api().post(PATH + "/" + id + "/approve", Map.of());
        System.out.println("It goes to the group.");
    }

    @Command(mixinStandardHelpOptions = true, description = "Sends one back to its author.")
    void refuse(
            @Parameters(paramLabel = "ID") long id,
            @Option(names = "--reason", defaultValue = "", description = "For the author.") String reason) {
        mailroom.api().post(PATH + "/" + id + "/refuse", Map.of("reason", reason));
        System.out.println("It goes back to its author.");
    }
}
