package org.mailroom.launcher;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Addresses by their form. */
@Command(
        name = "rewrite",
        mixinStandardHelpOptions = true,
        description = "Where mail for addresses goes that nobody has, by their form.")
final class RewriteCommand {
    private static final String PATH = "/rewrites";

    @ParentCommand
    private Mailroom mailroom;

    @Command(mixinStandardHelpOptions = true, description = "Adds one, or has it lead elsewhere.")
    void add(
            @Parameters(paramLabel = "DOMAIN") String domain,
            @Parameters(
                            paramLabel = "PATTERN",
                            description = "Of the part before the @: * is any text, ? any character.")
                    String pattern,
            @Parameters(
                            paramLabel = "TARGET",
                            description = "An address, or the part before the @ of one in the same domain; $1 to $9 are"
                                    + " what the pattern caught.")
                    String target,
            @Option(names = "--regular", description = "The pattern is a regular expression (RE2).") boolean regular,
            @Option(names = "--rank", description = "Lower ones are tried first; else behind all others.") @Nullable
                    Integer rank) {
        var wish = new HashMap<String, Object>(Map.of("target", target, "regular", regular));
        if (rank != null) {
            wish.put("rank", rank);
        }
        var answer = mailroom.api().put(path(domain, pattern), wish);
        System.out.println("Rewrite " + pattern + " of " + domain + (answer.created() ? " added." : " changed."));
    }

    @Command(mixinStandardHelpOptions = true, description = "All, in the order in which they are tried.")
    void list() {
        Table.print(mailroom.api().all(PATH), List.of("domain", "rank", "pattern", "regular", "target"), System.out);
    }

    @Command(mixinStandardHelpOptions = true, description = "Removes one.")
    void remove(@Parameters(paramLabel = "DOMAIN") String domain, @Parameters(paramLabel = "PATTERN") String pattern) {
        mailroom.api().delete(path(domain, pattern));
        System.out.println("Rewrite " + pattern + " of " + domain + " removed.");
    }

    private static String path(String domain, String pattern) {
        return PATH + "?domain=" + query(domain) + "&pattern=" + query(pattern);
    }

    private static String query(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
