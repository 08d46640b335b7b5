package org.mailroom.launcher;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Where mail for a domain goes, instead of its MX. */
@Command(
        name = "route",
        mixinStandardHelpOptions = true,
        description = "Where mail for a domain goes, instead of its MX; opens no relay.")
final class RouteCommand {
    @ParentCommand
    private Mailroom mailroom;

    @Command(mixinStandardHelpOptions = true, description = "Sets the route of a domain.")
    void add(
            @Parameters(paramLabel = "DOMAIN") String domain,
            @Parameters(paramLabel = "smtp://HOST:PORT") String target) {
        var answer = mailroom.api().post("/routes", Map.of("domain", domain, "target", target));
        System.out.println("Mail for " + domain + (answer.created() ? " goes to " : " now goes to ") + target + ".");
    }

    @Command(mixinStandardHelpOptions = true, description = "All routes.")
    void list() {
        Table.print(mailroom.api().all("/routes"), List.of("domain", "target"), System.out);
    }

    @Command(mixinStandardHelpOptions = true, description = "Mail for the domain goes to its MX again.")
    void remove(@Parameters(paramLabel = "DOMAIN") String domain) {
        mailroom.api().delete("/routes/" + Api.segment(domain));
        System.out.println("The route of " + domain + " is removed.");
    }
}
