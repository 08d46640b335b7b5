package org.mailroom.launcher;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What is there, as a file for apply. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Prints the state of the server, as apply takes it; no passwords.")
final class ExportCommand implements Runnable {
    @ParentCommand
    private Mailroom mailroom;

    @Parameters(paramLabel = "SECTION", arity = "0..*", description = "Such as domains, accounts, groups; else all.")
    private List<String> sections = List.of();

    @Override
    public void run() {
        var query =
                sections.stream().map(name -> "section=" + Api.segment(name)).collect(Collectors.joining("&"));
        var state = mailroom.api()
                .get("/state" + (query.isEmpty() ? "" : "?" + query))
                .object();
        var text = new StringWriter();
        try (var writer = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                .createWriter(text)) {
            writer.writeObject(state);
        }
        System.out.println(text.toString().strip());
    }
}
