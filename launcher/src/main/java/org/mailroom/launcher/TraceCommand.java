package org.mailroom.launcher;

import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What became of messages. */
@Command(name = "trace", mixinStandardHelpOptions = true, description = "What became of messages, and why.")
final class TraceCommand {
    private static final List<String> COLUMNS =
            List.of("at", "queueId", "session", "status", "sender", "recipients", "subject", "why");

    @ParentCommand
    private Mailroom mailroom;

    @Command(mixinStandardHelpOptions = true, description = "Messages, newest first; options narrow the list.")
    void find(
            @Parameters(
                            paramLabel = "TEXT",
                            arity = "0..1",
                            defaultValue = "",
                            description = "A queue id, or a part of subject, Message-ID or reply.")
                    String text,
            @Option(names = "--sender", paramLabel = "ADDRESS", defaultValue = "", description = "Or a part of it.")
                    String sender,
            @Option(names = "--recipient", paramLabel = "ADDRESS", defaultValue = "", description = "Or a part of it.")
                    String recipient,
            @Option(
                            names = "--client",
                            paramLabel = "IP",
                            defaultValue = "",
                            description = "A part of the address from which it came.")
                    String client,
            @Option(names = "--session", paramLabel = "ID", defaultValue = "", description = "What came in a session.")
                    String session,
            @Option(
                            names = "--status",
                            paramLabel = "STATUS",
                            defaultValue = "",
                            description = "refused, failed, deferred, queued, relayed, delivered, quarantined …")
                    String status,
            @Option(
                            names = "--from",
                            paramLabel = "TIME",
                            defaultValue = "",
                            description = "Such as 2026-01-31T08:00:00Z.")
                    String from,
            @Option(names = "--to", paramLabel = "TIME", defaultValue = "", description = "The same.") String to,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many; 50.")
                    int limit,
            @Option(names = "--csv", description = "All of them as a file for spreadsheets.") boolean csv,
            @Option(names = "--steps", description = "Likewise, with a row for each step.") boolean steps) {
        var narrow = new TreeMap<String, String>();
        narrow.putAll(Map.of("text", text, "sender", sender, "recipient", recipient, "client", client));
        narrow.putAll(Map.of("session", session, "status", status, "from", from, "to", to));
        if (csv || steps) {
            System.out.print(mailroom.api().text("/trace/csv?steps=" + steps + "&" + query(narrow)));
            return;
        }
        narrow.put("limit", "" + limit);
        var answer = mailroom.api().get("/trace?" + query(narrow)).object();
        var rows = answer.getJsonArray("rows").getValuesAs(JsonObject.class);
        Table.print(rows, COLUMNS, System.out);
        if (rows.size() < answer.getInt("total")) {
            System.out.println(rows.size() + " of " + answer.getInt("total") + " are shown; --limit shows more.");
        }
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .filter(one -> !one.getValue().isEmpty())
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    @Command(mixinStandardHelpOptions = true, description = "Everything that happened to one message, in its order.")
    void show(
            @Parameters(paramLabel = "ID", description = "A queue id; or a session, for what was refused in it.")
                    String id,
            @Option(names = "--csv", description = "As a file for spreadsheets.") boolean csv) {
        if (csv) {
            System.out.print(mailroom.api().text("/trace/" + Api.segment(id) + "/csv"));
            return;
        }
        for (var step : mailroom.api().all("/trace/" + Api.segment(id))) {
            System.out.println(Table.text(step.get("at")) + " " + Table.text(step.get("step")));
            for (var name : List.of("sender", "recipient", "client", "session", "rule", "reply", "detail")) {
                var value = Table.text(step.get(name));
                if (!value.isEmpty()) {
                    System.out.printf("  %-9s %s%n", name, value);
                }
            }
        }
    }
}
