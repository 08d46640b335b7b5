package org.mailroom.launcher;

import jakarta.json.JsonString;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Where mail would go. */
@Command(name = "address", mixinStandardHelpOptions = true, description = "Where mail for an address would go.")
final class AddressCommand {
    @ParentCommand
    private Mailroom mailroom;

    @Command(mixinStandardHelpOptions = true, description = "Tells step by step where mail for an address would go.")
    void explain(@Parameters(paramLabel = "ADDRESS") String address) {
        var query = URLEncoder.encode(address, StandardCharsets.UTF_8);
        var answer = mailroom.api().get("/addresses/explain?address=" + query).object();
        answer.getJsonArray("lines").getValuesAs(JsonString.class).stream()
                .map(line -> Table.printable(line.getString()))
                .forEach(System.out::println);
        if (!answer.getBoolean("arrives")) {
            System.out.println("Nobody gets it.");
        }
    }
}
