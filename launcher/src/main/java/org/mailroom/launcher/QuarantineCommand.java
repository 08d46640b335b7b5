package org.mailroom.launcher;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Mail that was set aside. */
@Command(name = "quarantine", mixinStandardHelpOptions = true, description = "Mail that a policy has set aside.")
final class QuarantineCommand {
    @ParentCommand
    private Mailroom mailroom;

    @Command(mixinStandardHelpOptions = true, description = "What is kept, newest first.")
    void list() {
        Table.print(
                mailroom.api().all("/quarantine"),
                List.of("id", "created", "sender", "recipients", "rule", "detail", "subject"),
                System.out);
    }

    @Command(mixinStandardHelpOptions = true, description = "One message, and how it begins.")
    void show(@Parameters(paramLabel = "ID") long id) {
        var entry = mailroom.api().get("/quarantine/" + id).object();
        for (var name : List.of(
                "id",
                "queueId",
                "sender",
                "recipients",
                "client",
                "size",
                "rule",
                "detail",
                "moderated",
                "created",
                "expires")) {
            System.out.printf("%-10s %s%n", name, Table.text(entry.get(name)));
        }
        System.out.println();
        System.out.println(entry.getString("start"));
    }

    @Command(mixinStandardHelpOptions = true, description = "Delivers the message to its recipients.")
    void release(@Parameters(paramLabel = "ID") long id) {
        mailroom.api().post("/quarantine/" + id + "/release", Map.of());
        System.out.println("Message " + id + " is released.");
    }

    @Command(mixinStandardHelpOptions = true, description = "Throws the message away.")
    void delete(@Parameters(paramLabel = "ID") long id) {
        mailroom.api().delete("/quarantine/" + id);
        System.out.println("Message " + id + " is deleted.");
    }
}
