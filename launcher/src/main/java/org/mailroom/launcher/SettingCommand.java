package org.mailroom.launcher;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What is configured; {@code run --set} changes it. */
@Command(
        name = "setting",
        mixinStandardHelpOptions = true,
        description = "What is configured, and what changed; run --set changes it.")
final class SettingCommand {
    @ParentCommand
    private Mailroom mailroom;

    @Command(mixinStandardHelpOptions = true, description = "All keys: what holds, the default, and where it is from.")
    void list(
            @Option(names = "--set", description = "Only those that somebody has set, or that wait for a restart.")
                    boolean set) {
        var rows = mailroom.api().all("/settings").stream()
                .filter(row -> !set || !row.getString("source").equals("default") || row.containsKey("waiting"))
                .toList();
        Table.print(rows, List.of("key", "value", "otherwise", "source", "takesEffect", "waiting"), System.out);
    }

    @Command(mixinStandardHelpOptions = true, description = "What changed from one start to the next, newest first.")
    void history(
            @Parameters(paramLabel = "PART", defaultValue = "", description = "A part of a key or of a server's name.")
                    String part) {
        Table.print(
                mailroom.api().all("/settings/history", "filter=" + Api.segment(part)),
                List.of("at", "node", "key", "before", "after", "source", "owner", "written"),
                System.out);
    }
}
