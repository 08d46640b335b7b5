package org.mailroom.launcher;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Mail that waits to leave. */
@Command(name = "queue", mixinStandardHelpOptions = true, description = "Mail that waits to leave.")
final class QueueCommand {
    @ParentCommand
    private Mailroom mailroom;

    @Command(mixinStandardHelpOptions = true, description = "What is waiting.")
    void list() {
        Table.print(
                mailroom.api().all("/queue"),
                List.of("id", "created", "sender", "recipients", "size", "subject"),
                System.out);
    }

    @Command(mixinStandardHelpOptions = true, description = "One message, and why each recipient is waiting.")
    void show(@Parameters(paramLabel = "ID") long id) {
        var entry = mailroom.api().get("/queue/" + id).object();
        for (var name : List.of("id", "queueId", "sender", "subject", "size", "created", "expires")) {
            System.out.printf("%-10s %s%n", name, Table.text(entry.get(name)));
        }
        System.out.println();
        var columns = List.of("address", "state", "attempts", "nextAttempt", "lastHost", "lastReply");
        Table.print(entry.getJsonArray("recipients").getValuesAs(JsonObject.class), columns, System.out);
    }

    @Command(mixinStandardHelpOptions = true, description = "Tries again now.")
    void retry(@Parameters(paramLabel = "ID") long id) {
        mailroom.api().post("/queue/" + id + "/retry", Map.of());
        System.out.println("Queue entry " + id + " is tried again.");
    }

    @Command(mixinStandardHelpOptions = true, description = "Gives the message up, without telling its sender.")
    void delete(@Parameters(paramLabel = "ID") long id) {
        mailroom.api().delete("/queue/" + id);
        System.out.println("Queue entry " + id + " is deleted.");
    }
}
