package org.mailroom.launcher;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Ends with 0 where all is well, 1 where something is missing, 3 where nothing runs (as init scripts do). */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Says what is running, on which ports, and how it feels.")
final class StatusCommand implements Callable<Integer> {
    @ParentCommand
    private Mailroom mailroom;

    @Option(names = "--json", description = "For programs.")
    private boolean json;

    @Override
    public Integer call() {
        if (mailroom.remote()) {
            return remote(mailroom.api().get("/status").object());
        }
        var home = mailroom.home();
        var status = mailroom.operation().status(Settings.of(home));
        if (json) {
            System.out.println(object(status));
        } else {
            status.facts().forEach((name, value) -> System.out.printf("%-12s %s%n", name, value));
        }
        return switch (status.state()) {
            case "running" -> 0;
            case "stopped" -> 3;
            default -> 1;
        };
    }

    private int remote(JsonObject status) {
        if (json) {
            System.out.println(status);
        } else {
            status.forEach((name, value) -> System.out.printf("%-12s %s%n", name, Table.text(value)));
        }
        return status.getBoolean("ready") ? 0 : 1;
    }

    private static JsonObject object(Operation.Status status) {
        var object = Json.createObjectBuilder();
        status.facts().forEach((name, value) -> {
            switch (value) {
                case Long number -> object.add(name, number);
                case JsonValue given -> object.add(name, given);
                case String text when name.equals("health") -> object.add(name, parsed(text));
                default -> object.add(name, value.toString());
            }
        });
        return object.build();
    }

    /** The server's own words as they are, where they are JSON. */
    private static JsonValue parsed(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readValue();
        } catch (JsonException e) {
            return Json.createValue(text);
        }
    }
}
