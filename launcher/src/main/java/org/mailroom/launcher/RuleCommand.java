package org.mailroom.launcher;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** How mail for a domain is sent, where it is not as the settings say. */
@Command(
        name = "rule",
        mixinStandardHelpOptions = true,
        description = "How mail for a domain is sent: retries, delay notice, rate, connections, TLS.")
final class RuleCommand {
    @ParentCommand
    private Mailroom mailroom;

    @Command(
            mixinStandardHelpOptions = true,
            description = "Sets the rule of a domain, of those below one (*.example.org), or of all (*).")
    void add(
            @Parameters(paramLabel = "DOMAIN") String domain,
            @Option(names = "--first-retry", defaultValue = "", paramLabel = "PT5M") String firstRetry,
            @Option(names = "--longest-retry", defaultValue = "", paramLabel = "PT4H") String longestRetry,
            @Option(names = "--expire", defaultValue = "", paramLabel = "P5D") String expire,
            @Option(names = "--notice", defaultValue = "", paramLabel = "PT4H", description = "PT0S: never.")
                    String notice,
            @Option(names = "--concurrency", defaultValue = "", description = "Connections of a node.")
                    String concurrency,
            @Option(names = "--per-minute", defaultValue = "", description = "Messages of all nodes; 0: any number.")
                    String perMinute,
            @Option(names = "--tls", defaultValue = "", description = "none, may, require or verify.") String tls) {
        var fields = Map.of(
                "firstRetry", firstRetry,
                "longestRetry", longestRetry,
                "expire", expire,
                "notice", notice,
                "concurrency", concurrency,
                "perMinute", perMinute,
                "tls", tls);
        boolean created =
                mailroom.api().put("/rules/" + Api.segment(domain), fields).created();
        System.out.println("The rule of " + domain + (created ? " is set." : " is another now."));
    }

    @Command(mixinStandardHelpOptions = true, description = "All rules.")
    void list() {
        Table.print(
                mailroom.api().all("/rules"),
                List.of("domain", "firstRetry", "longestRetry", "expire", "notice", "concurrency", "perMinute", "tls"),
                System.out);
    }

    @Command(mixinStandardHelpOptions = true, description = "The domain is sent to as the settings say.")
    void remove(@Parameters(paramLabel = "DOMAIN") String domain) {
        mailroom.api().delete("/rules/" + Api.segment(domain));
        System.out.println("The rule of " + domain + " is removed.");
    }
}
