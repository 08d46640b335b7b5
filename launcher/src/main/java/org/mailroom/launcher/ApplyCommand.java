package org.mailroom.launcher;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Brings the server to the state that a file says, after it has shown the difference. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = "Brings domains, accounts, addresses, rules and routes to the state in a file (YAML or JSON).")
final class ApplyCommand implements Callable<Integer> {
    @ParentCommand
    private Mailroom mailroom;

    @Parameters(paramLabel = "FILE")
    private Path file;

    @Option(names = "--dry-run", description = "Only show what would be changed.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(
            names = "--prune",
            description = "Remove what is there but not in a section of the file; sections that it lacks stay.")
    private boolean prune;

    @Override
    public Integer call() {
        var state = StateFile.read(file);
        var api = mailroom.api();
        var plan = api.patient("PUT", path(true), state).object();
        var changes = plan.getJsonArray("changes").getValuesAs(JsonObject.class);
        if (changes.isEmpty()) {
            System.out.println("Nothing to do: all is as in " + file + ".");
            return 0;
        }
        changes.forEach(ApplyCommand::print);
        if (dryRun) {
            return 0;
        }
        if (!yes && !agreed()) {
            System.out.println("Nothing was changed.");
            return 1;
        }
        var done = api.patient("PUT", path(false), state).object();
        for (var made : done.getJsonArray("passwords").getValuesAs(JsonObject.class)) {
            System.out.println("Password of " + Table.text(made.get("address")) + ": "
                    + Table.text(made.get("password")) + "    (shown this once)");
        }
        System.out.println("Done: " + done.getJsonArray("changes").size() + " changed.");
        return 0;
    }

    private String path(boolean dry) {
        return "/state?dryRun=" + dry + "&prune=" + prune;
    }

    private static boolean agreed() {
        var console = System.console();
        if (console == null || !console.isTerminal()) {
            throw new Trouble("nobody is there to agree: --yes does it, --dry-run only shows it");
        }
        return console.readLine("Do that? [y/N] ").strip().equalsIgnoreCase("y");
    }

    /** One thing, and below it each field before and after. */
    private static void print(JsonObject change) {
        var deed = change.getString("deed");
        var sign = deed.equals("add") ? "+" : deed.equals("remove") ? "-" : "~";
        var title = sign + " " + change.getString("section") + " " + Table.text(change.get("name"));
        System.out.println(title.strip());
        for (var field : change.getJsonArray("fields").getValuesAs(JsonObject.class)) {
            var after = Table.text(field.get("after"));
            System.out.println("    " + field.getString("field") + ": "
                    + (deed.equals("add") ? after : Table.text(field.get("before")) + " -> " + after));
        }
    }
}
