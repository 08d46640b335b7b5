package org.mailroom.launcher;

import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What the server has logged lately, the oldest line first. */
@Command(
        name = "log",
        mixinStandardHelpOptions = true,
        description = "The newest lines of Mailroom's own log, without stacks and without what else the server logs.")
final class LogCommand implements Runnable {
    private static final int PACE = 1000;
    private static final int MOST = 1000;
    private static final List<String> COLUMNS = List.of("at", "node", "level", "source", "text");

    @ParentCommand
    private Mailroom mailroom;

    @Parameters(
            paramLabel = "TEXT",
            arity = "0..1",
            defaultValue = "",
            description = "A part of the lines, such as a queue id.")
    private String text = "";

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            defaultValue = "",
            description = "At least debug, info, warning or error.")
    private String level = "";

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many; 50.")
    private int limit;

    @Option(names = "--follow", description = "Go on as new ones come, until interrupted.")
    private boolean follow;

    @Override
    public void run() {
        long last = print(0, limit);
        while (follow) {
            try {
                Thread.sleep(PACE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            last = print(last, MOST);
        }
    }

    /** Returns the number of the last line. */
    private long print(long after, int most) {
        var rows = mailroom.api()
                .get("/log?text=" + query(text) + "&level=" + query(level) + "&after=" + after + "&limit=" + most)
                .object()
                .getJsonArray("rows")
                .getValuesAs(JsonObject.class)
                .reversed();
        rows.forEach(row -> System.out.println(
                COLUMNS.stream().map(name -> Table.text(row.get(name))).collect(Collectors.joining(" "))));
        return rows.isEmpty() ? after : rows.getLast().getJsonNumber("number").longValue();
    }

    private static String query(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
