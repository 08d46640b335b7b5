package org.mailroom.launcher;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The keys with which mail of our domains is signed. */
@Command(
        name = "dkim",
        mixinStandardHelpOptions = true,
        description = "The keys with which mail of our domains is signed.")
final class DkimCommand {
    @ParentCommand
    private Mailroom mailroom;

    @Command(mixinStandardHelpOptions = true, description = "All keys, or those of a domain.")
    void list(@Parameters(paramLabel = "DOMAIN", arity = "0..1") @Nullable String domain) {
        var path = "/dkim-keys" + (domain == null ? "" : "/" + Api.segment(domain));
        Table.print(
                mailroom.api().all(path),
                List.of("domain", "selector", "algorithm", "state", "since", "keepUntil"),
                System.out);
    }

    @Command(mixinStandardHelpOptions = true, description = "A key's record, ready to paste, and whether DNS has it.")
    void show(@Parameters(paramLabel = "DOMAIN") String domain, @Parameters(paramLabel = "SELECTOR") String selector) {
        var key = mailroom.api().get(path(domain, selector)).object();
        for (var name : List.of("domain", "selector", "algorithm", "state", "since", "keepUntil", "name", "seen")) {
            System.out.printf("%-10s %s%n", name, Table.text(key.get(name)));
        }
        System.out.println();
        System.out.println(Table.text(key.get("zoneLine")));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Makes the first keys of a domain. They sign as soon as DNS has their records.")
    void add(
            @Parameters(paramLabel = "DOMAIN") String domain,
            @Option(
                            names = "--algorithm",
                            paramLabel = "rsa|ed25519",
                            description = "Only one of this kind; otherwise one of each.")
                    @Nullable
                    String algorithm) {
        make(domain, algorithm);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Makes new keys of the kinds in use. As soon as DNS has their records they sign, and the old ones"
                            + " retire; the records of those stay until \"list\" says so.")
    void rotate(@Parameters(paramLabel = "DOMAIN") String domain) {
        make(domain, null);
    }

    private void make(String domain, @Nullable String algorithm) {
        Map<String, Object> wish = algorithm == null ? Map.of() : Map.of("algorithm", algorithm);
        var made = mailroom.api()
                .post("/dkim-keys/" + Api.segment(domain), wish)
                .body()
                .asJsonArray();
        System.out.println("Publish in DNS, and the keys sign within minutes:");
        System.out.println();
        for (var key : made.getValuesAs(JsonObject.class)) {
            System.out.println(Table.text(key.get("zoneLine")));
            System.out.println();
        }
    }

    @Command(mixinStandardHelpOptions = true, description = "The key signs from now on; the one before it retires.")
    void activate(
            @Parameters(paramLabel = "DOMAIN") String domain,
            @Parameters(paramLabel = "SELECTOR") String selector,
            @Option(names = "--unseen", description = "Even if its record cannot be seen in DNS from here.")
                    boolean unseen) {
        mailroom.api().post(path(domain, selector) + "/activate", unseen ? Map.of("unseen", true) : Map.of());
        System.out.println("The key " + selector + " signs for " + domain + ".");
    }

    @Command(mixinStandardHelpOptions = true, description = "The key signs no more.")
    void retire(
            @Parameters(paramLabel = "DOMAIN") String domain, @Parameters(paramLabel = "SELECTOR") String selector) {
        mailroom.api().post(path(domain, selector) + "/retire", Map.of());
        System.out.println("The key " + selector + " signs no more for " + domain + ".");
    }

    @Command(mixinStandardHelpOptions = true, description = "Forgets a key that does not sign.")
    void remove(
            @Parameters(paramLabel = "DOMAIN") String domain,
            @Parameters(paramLabel = "SELECTOR") String selector,
            @Option(names = "--early", description = "Even if what it signed may still be on its way.") boolean early) {
        mailroom.api().delete(path(domain, selector) + (early ? "?early=true" : ""));
        System.out.println("The key " + selector + " of " + domain + " is removed.");
    }

    private static String path(String domain, String selector) {
        return "/dkim-keys/" + Api.segment(domain) + "/" + Api.segment(selector);
    }
}
