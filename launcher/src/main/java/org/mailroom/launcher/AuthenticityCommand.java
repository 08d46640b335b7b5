package org.mailroom.launcher;

import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What is done with mail that does not come from whom it says. */
@Command(
        name = "authenticity",
        mixinStandardHelpOptions = true,
        description = "What is done with mail that does not come from whom it says (SPF, DMARC), by domain of ours.")
final class AuthenticityCommand {
    private static final List<String> COLUMNS = List.of("domain", "spf", "dmarc");
    private static final String CHOICE = "off|report|junk|refuse";

    @ParentCommand
    private Mailroom mailroom;

    @Command(mixinStandardHelpOptions = true, description = "The domains that have a will of their own.")
    void list() {
        Table.print(mailroom.api().all("/authenticity"), COLUMNS, System.out);
    }

    @Command(mixinStandardHelpOptions = true, description = "What holds, wherever it is set.")
    void show(@Parameters(paramLabel = "DOMAIN") String domain) {
        tell(mailroom.api().get(path(domain)));
    }

    @Command(mixinStandardHelpOptions = true, description = "Sets what is named and leaves the rest.")
    void set(
            @Parameters(paramLabel = "DOMAIN") String domain,
            @Option(names = "--spf", paramLabel = CHOICE, description = "Where a host may not send for a domain.")
                    @Nullable
                    String spf,
            @Option(
                            names = "--dmarc",
                            paramLabel = CHOICE,
                            description = "Where nothing proves the author's domain; at most what that domain wishes.")
                    @Nullable
                    String dmarc) {
        var wish = new LinkedHashMap<String, Object>();
        if (spf != null) {
            wish.put("spf", spf);
        }
        if (dmarc != null) {
            wish.put("dmarc", dmarc);
        }
        if (wish.isEmpty()) {
            throw new Trouble("name what to set: --spf or --dmarc.");
        }
        tell(mailroom.api().patch(path(domain), wish));
    }

    @Command(mixinStandardHelpOptions = true, description = "The configuration holds again.")
    void clear(@Parameters(paramLabel = "DOMAIN") String domain) {
        mailroom.api().delete(path(domain));
        System.out.println("The domain " + domain + " goes by the configuration.");
    }

    @Command(mixinStandardHelpOptions = true, description = "What DMARC came to, by day, domain and host.")
    void counts(
            @Option(names = "--domain", paramLabel = "DOMAIN", description = "Only what names this domain.") @Nullable
                    String domain,
            @Option(names = "--days", defaultValue = "7", description = "How far back; ${DEFAULT-VALUE} by default.")
                    int days) {
        var query = "days=" + days + (domain == null ? "" : "&domain=" + Api.segment(domain));
        Table.print(
                mailroom.api().all("/dmarc-counts", query),
                List.of("day", "domain", "source", "messages", "disposition", "override", "proof", "dkim", "spf"),
                System.out);
    }

    private static String path(String domain) {
        return "/authenticity/" + Api.segment(domain);
    }

    private static void tell(Api.Answer answer) {
        Table.print(List.of(answer.object()), COLUMNS, System.out);
    }
}
