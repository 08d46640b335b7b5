package org.mailroom.launcher;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Sets the route of a domain, of those below one (*.example.org), or of all (*).",
                "Several hosts are asked in their order; smtps:// speaks TLS from the start."
            })
    void add(
            @Parameters(paramLabel = "DOMAIN") String domain,
            @Parameters(paramLabel = "smtp://HOST:PORT", arity = "0..10") List<String> targets,
            @Option(
                            names = "--sender",
                            defaultValue = "",
                            paramLabel = "ADDRESS|DOMAIN",
                            description = "Only what these send.")
                    String sender,
            @Option(
                            names = "--tls",
                            defaultValue = "may",
                            description = "none, may, require, verify or dane (default: may).")
                    String tls,
            @Option(names = "--user", defaultValue = "", description = "Login there; its password is read from stdin.")
                    String user,
            @Option(
                            names = "--hold",
                            defaultValue = "",
                            paramLabel = "etrn|TIMES",
                            description = "Holds mail until somebody asks, or until times of the day: \"06:00 18:30\".")
                    String hold) {
        var target = targets == null ? "" : String.join(" ", targets);
        var fields = new HashMap<String, Object>(Map.of("target", target, "tls", tls, "login", user, "hold", hold));
        if (!user.isEmpty()) {
            fields.put("password", StandardInput.password());
        }
        var answer = mailroom.api().put("/routes/" + Api.segment(domain) + "?sender=" + Api.segment(sender), fields);
        System.out.println("Mail for " + domain + (answer.created() ? " goes to " : " now goes to ")
                + (target.isEmpty() ? "its MX, when asked for" : target) + ".");
    }

    @Command(mixinStandardHelpOptions = true, description = "All routes; passwords are not shown.")
    void list() {
        Table.print(
                mailroom.api().all("/routes"),
                List.of("domain", "sender", "target", "tls", "login", "hold"),
                System.out);
    }

    @Command(mixinStandardHelpOptions = true, description = "Mail for the domain goes to its MX again.")
    void remove(
            @Parameters(paramLabel = "DOMAIN") String domain,
            @Option(names = "--sender", defaultValue = "", paramLabel = "ADDRESS|DOMAIN") String sender) {
        mailroom.api().delete("/routes/" + Api.segment(domain) + "?sender=" + Api.segment(sender));
        System.out.println("The route of " + domain + " is removed.");
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Where mail for a domain would go right now, and how it would be protected.")
    void explain(
            @Parameters(paramLabel = "DOMAIN") String domain,
            @Option(
                            names = "--sender",
                            defaultValue = "",
                            paramLabel = "ADDRESS",
                            description = "For what this one sends.")
                    String sender) {
        var outlook = mailroom.api()
                .get("/routes/" + Api.segment(domain) + "/outlook?sender=" + Api.segment(sender))
                .object();
        if (!outlook.getString("trouble").isEmpty()) {
            System.out.println(
                    "Mail for " + domain + " goes nowhere: " + Table.printable(outlook.getString("trouble")));
            return;
        }
        System.out.println("Mail for " + domain + " goes to its "
                + (outlook.getString("by").equals("route") ? "route:" : "mail exchangers:"));
        Table.print(
                outlook.getJsonArray("hosts").getValuesAs(JsonObject.class),
                List.of("name", "address", "port", "protocol", "tls"),
                System.out);
        outlook.getJsonArray("hosts").getValuesAs(JsonObject.class).stream()
                .flatMap(host -> host.getJsonArray("policy").getValuesAs(JsonString.class).stream())
                .map(JsonString::getString)
                .distinct()
                .forEach(line -> System.out.println("  " + Table.printable(line)));
    }
}
