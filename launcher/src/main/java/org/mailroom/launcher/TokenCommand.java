package org.mailroom.launcher;

import java.util.LinkedHashMap;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Tokens of the REST API. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Tokens with which programs ask the REST API, and this command from another machine.")
final class TokenCommand {
    @ParentCommand
    private Mailroom mailroom;

    @Command(mixinStandardHelpOptions = true, description = "Makes one and shows it.")
    void add(
            @Parameters(paramLabel = "NAME", description = "Of the program.") String name,
            @Option(
                            names = "--owner",
                            required = true,
                            paramLabel = "ADDRESS",
                            description = "In whose name it asks; it may never do more than he may.")
                    String owner,
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "ROLE",
                            description =
                                    "administrator, domain-administrator, help-desk, auditor (reads all but mail) or user.")
                    String role,
            @Option(
                            names = "--domain",
                            defaultValue = "",
                            description =
                                    "To which a domain-administrator's is kept; else all that the owner administers.")
                    String domain,
            @Option(names = "--read-only", description = "It may look, and change nothing.") boolean readOnly,
            @Option(
                            names = "--days",
                            defaultValue = "90",
                            description = "How long it holds; ${DEFAULT-VALUE} unless given.")
                    int days) {
        var wish = new LinkedHashMap<String, Object>();
        wish.put("name", name);
        wish.put("owner", owner);
        wish.put("role", role);
        wish.put("domain", domain);
        wish.put("readOnly", readOnly);
        wish.put("days", days);
        var answer = mailroom.api().post("/tokens", wish);
        System.out.println("Token " + name + ": " + answer.text("password") + "    (shown this once)");
    }

    @Command(mixinStandardHelpOptions = true, description = "Those of everybody, and when each was used last.")
    void list() {
        Table.print(
                mailroom.api().all("/tokens"),
                List.of("id", "owner", "name", "role", "domain", "readOnly", "expires", "lastUsed", "lastClient"),
                System.out);
    }

    @Command(mixinStandardHelpOptions = true, description = "Ends one.")
    void revoke(@Parameters(paramLabel = "ID") long id) {
        mailroom.api().delete("/tokens/" + id);
        System.out.println("It opens nothing any more.");
    }
}
