package org.mailroom.launcher;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The domains whose mail we take. */
@Command(
        name = "domain",
        mixinStandardHelpOptions = true,
        description = "The domains whose mail we take.",
        subcommandsRepeatable = false)
final class DomainCommand {
    @ParentCommand
    private Mailroom mailroom;

    @Command(mixinStandardHelpOptions = true, description = "From now on, mail for the domain is ours.")
    void add(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--relay", description = "Its mail is taken from anybody, and passed on.") boolean relay,
            @Option(
                            names = "--alias-of",
                            paramLabel = "DOMAIN",
                            defaultValue = "",
                            description = "It is another name of a domain of ours.")
                    String of) {
        var wish = new HashMap<String, Object>(Map.of("name", name, "relayed", relay));
        if (!of.isEmpty()) {
            wish.put("aliasOf", of);
        }
        var answer = mailroom.api().post("/domains", wish);
        System.out.println(answer.created() ? "Domain " + name + " added." : "Domain " + name + " is there already.");
    }

    @Command(
            name = "catch-all",
            mixinStandardHelpOptions = true,
            description = "Who gets mail for addresses that the domain does not have; without an address, nobody.")
    void catchAll(
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "ADDRESS", arity = "0..1", defaultValue = "") String address) {
        mailroom.api().patch("/domains/" + Api.segment(name), Map.of("catchAll", address));
        System.out.println(
                address.isEmpty()
                        ? "Mail for addresses that " + name + " does not have is refused."
                        : "Mail for addresses that " + name + " does not have goes to " + address + ".");
    }

    @Command(mixinStandardHelpOptions = true, description = "All domains.")
    void list() {
        Table.print(
                mailroom.api().all("/domains"),
                List.of("name", "relayed", "accounts", "otherNames", "catchAll", "created"),
                System.out);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Gives the domain another name; everybody in it keeps all mail.")
    void rename(
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "NEW") String to,
            @Option(names = "--forget-old", description = "Else the old name stays as another name.") boolean forget) {
        mailroom.api().post("/domains/" + Api.segment(name) + "/rename", Map.of("to", to, "keepOld", !forget));
        System.out.println("Domain " + name + " is " + to + " now" + (forget ? "." : ", and still known as it was."));
    }

    @Command(mixinStandardHelpOptions = true, description = "What DNS should say about the domain, and what it says.")
    void check(@Parameters(paramLabel = "NAME") String name) {
        for (var line : mailroom.api().all("/dns/" + Api.segment(name))) {
            System.out.printf(
                    "%-10s %-8s %s%n",
                    Table.text(line.get("kind")), Table.text(line.get("state")), Table.text(line.get("name")));
            if (!line.getString("state").equals("good")) {
                line.getJsonArray("found").forEach(found -> System.out.println("    found   " + Table.text(found)));
                if (!line.getString("publish").isEmpty()) {
                    System.out.println("    publish " + Table.text(line.get("publish")));
                }
            }
        }
    }

    @Command(mixinStandardHelpOptions = true, description = "Mail for the domain is no longer ours.")
    void remove(@Parameters(paramLabel = "NAME") String name) {
        mailroom.api().delete("/domains/" + Api.segment(name));
        System.out.println("Domain " + name + " removed.");
    }
}
