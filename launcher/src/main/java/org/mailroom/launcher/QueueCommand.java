package org.mailroom.launcher;

import jakarta.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Mail that waits to leave. */
@Command(name = "queue", mixinStandardHelpOptions = true, description = "Mail that waits to leave.")
final class QueueCommand {
    private static final String YES = "Do not ask; it concerns what matches now.";

    @ParentCommand
    private Mailroom mailroom;

    @Command(mixinStandardHelpOptions = true, description = "What is waiting.")
    void list(@Mixin QueueSelection selection) {
        Table.print(
                mailroom.api().all("/queue", selection.query()),
                List.of("id", "queueId", "created", "sender", "recipients", "size", "subject"),
                System.out);
    }

    @Command(mixinStandardHelpOptions = true, description = "One message, and why each recipient is waiting.")
    void show(
            @Parameters(paramLabel = "ID") long id,
            @Option(names = "--header", description = "Its header too.") boolean header,
            @Option(names = "--message", description = "The message too; this is written down.") boolean message) {
        var entry = mailroom.api().get("/queue/" + id).object();
        for (var name : List.of("id", "queueId", "sender", "subject", "size", "created")) {
            System.out.printf("%-10s %s%n", name, Table.text(entry.get(name)));
        }
        System.out.println();
        var columns = List.of(
                "address",
                "state",
                "heldBy",
                "priority",
                "attempts",
                "lastAttempt",
                "nextAttempt",
                "expires",
                "route",
                "lastHost",
                "lastReply");
        Table.print(entry.getJsonArray("recipients").getValuesAs(JsonObject.class), columns, System.out);
        if (header || message) {
            System.out.println();
            var text = mailroom.api().text("/queue/" + id + (message ? "/message" : "/header"));
            text.lines().forEach(line -> System.out.println(Table.printable(line)));
        }
    }

    @Command(mixinStandardHelpOptions = true, description = "Tries again now, also what is held or set aside.")
    void retry(@Mixin QueueSelection selection, @Option(names = "--yes", description = YES) boolean yes) {
        act("retry", "", selection, yes, "tried again");
    }

    @Command(mixinStandardHelpOptions = true, description = "Lets nothing of it leave until it is released.")
    void hold(@Mixin QueueSelection selection, @Option(names = "--yes", description = YES) boolean yes) {
        act("hold", "", selection, yes, "held");
    }

    @Command(mixinStandardHelpOptions = true, description = "Lets go what is held.")
    void release(@Mixin QueueSelection selection, @Option(names = "--yes", description = YES) boolean yes) {
        act("release", "", selection, yes, "released");
    }

    @Command(mixinStandardHelpOptions = true, description = "Sends it by another host than its route or MX.")
    void reroute(
            @Option(
                            names = "--to",
                            required = true,
                            paramLabel = "smtp://HOST:PORT",
                            description = "Several are divided by blanks; empty: its usual way.")
                    String to,
            @Mixin QueueSelection selection,
            @Option(names = "--yes", description = YES) boolean yes) {
        act("reroute", to, selection, yes, "rerouted");
    }

    @Command(mixinStandardHelpOptions = true, description = "Returns it to its sender, without another attempt.")
    void bounce(@Mixin QueueSelection selection, @Option(names = "--yes", description = YES) boolean yes) {
        act("bounce", "", selection, yes, "returned");
    }

    @Command(mixinStandardHelpOptions = true, description = "Gives it up, without telling its sender.")
    void delete(@Mixin QueueSelection selection, @Option(names = "--yes", description = YES) boolean yes) {
        act("delete", "", selection, yes, "deleted");
    }

    private void act(String action, String to, QueueSelection selection, boolean yes, String done) {
        var wish = new HashMap<String, Object>(selection.filters());
        wish.put("action", action);
        wish.put("to", to);
        if (selection.ids().isEmpty()) {
            wish.put("count", confirmed(selection, yes));
        } else {
            wish.put("ids", selection.ids());
        }
        var answer = mailroom.api().post("/queue/actions", wish).object();
        System.out.println(answer.getInt("messages") + " messages are " + done + " (" + answer.getInt("recipients")
                + " recipients).");
    }

    private long confirmed(QueueSelection selection, boolean yes) {
        if (selection.query().isEmpty()) {
            throw new Trouble("name entries, or say by options which; --state waiting is all that waits.");
        }
        long total = mailroom.api()
                .get("/queue?limit=1&" + selection.query())
                .object()
                .getJsonNumber("total")
                .longValue();
        if (!yes) {
            System.out.print("This concerns " + total + " messages. Go on (yes/no)? ");
            System.out.flush();
            if (!"yes".equals(StandardInput.line())) {
                throw new Trouble("nothing was done.");
            }
        }
        return total;
    }

    @Command(mixinStandardHelpOptions = true, description = "The domains for which mail waits, or that are paused.")
    void destinations() {
        Table.print(
                mailroom.api().all("/destinations"),
                List.of(
                        "domain",
                        "waiting",
                        "sending",
                        "held",
                        "poison",
                        "oldest",
                        "nextAttempt",
                        "pausedBy",
                        "lastReply"),
                System.out);
    }

    @Command(mixinStandardHelpOptions = true, description = "Sends nothing to a domain until it is resumed.")
    void pause(@Parameters(paramLabel = "DOMAIN") String domain) {
        mailroom.api().post("/destinations/" + Api.segment(domain) + "/pause", Map.of());
        System.out.println(domain + " is paused; its mail waits.");
    }

    @Command(mixinStandardHelpOptions = true, description = "Sends to a domain again.")
    void resume(@Parameters(paramLabel = "DOMAIN") String domain) {
        mailroom.api().post("/destinations/" + Api.segment(domain) + "/resume", Map.of());
        System.out.println(domain + " is resumed.");
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Tries at once what waits for a domain (or *.example.org, or *), also what its route holds.")
    void flush(@Parameters(paramLabel = "DOMAIN") String domain) {
        var answer = mailroom.api().post("/destinations/" + Api.segment(domain) + "/flush", Map.of());
        System.out.println(answer.object().getInt("messages") + " messages are tried now.");
    }
}
