package org.mailroom.launcher;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Brings everything up, as far as it is not up already. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Builds what has changed, starts database and server, deploys, and says where to connect.")
final class RunCommand implements Callable<Integer> {
    @ParentCommand
    private Mailroom mailroom;

    @Option(
            names = "--detach",
            description = "Return when ready; otherwise follow the log until interrupted, then stop everything.")
    private boolean detach;

    @Option(
            names = "--database",
            paramLabel = "URL",
            description =
                    "\"embedded\" (the default: a PostgreSQL of our own), or jdbc:postgresql://host:port/name?user=…&password=…;"
                            + " kept for later runs.")
    private String database = "";

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "A setting, kept for later runs; an empty value forgets it. All are in resources/config/mailroom.properties.")
    private Map<String, String> decisions = new LinkedHashMap<>();

    @Override
    public Integer call() {
        var operation = mailroom.operation();
        var foreground = new Foreground(operation);
        if (!detach) {
            foreground.arm();
        }
        var all = new LinkedHashMap<>(decisions);
        if (!database.isEmpty()) {
            all.putAll(Database.settings(database));
        }
        var administrator = operation.start(all);
        new Welcome(mailroom.home()).print(administrator, System.out);
        return detach ? 0 : foreground.follow();
    }
}
