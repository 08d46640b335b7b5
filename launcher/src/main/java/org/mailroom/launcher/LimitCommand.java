package org.mailroom.launcher;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What accounts, domains and tenants may use. */
@Command(
        name = "limit",
        mixinStandardHelpOptions = true,
        description = "What an account, the accounts of a domain together, or those of a tenant together may use.")
final class LimitCommand {
    private static final String PATH = "/limits";
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([kmgt]?)b?");

    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    @ParentCommand
    private Mailroom mailroom;

    @Command(mixinStandardHelpOptions = true, description = "Has these limits hold, and no others.")
    void set(
            @Parameters(paramLabel = "OF", description = "An address, a domain or a tenant.") String of,
            @Option(names = "--storage", paramLabel = "SIZE", description = "In all, such as 500m or 2g.") @Nullable
                    String storage,
            @Option(names = "--messages", paramLabel = "N", description = "In all.") @Nullable Long messages,
            @Option(names = "--message-size", paramLabel = "SIZE", description = "Of one message, sent or received.")
                    @Nullable
                    String messageSize,
            @Option(names = "--recipients", paramLabel = "N", description = "An hour, of mail that is sent.") @Nullable
                    Integer recipients) {
        var wish = new HashMap<String, Object>();
        if (storage != null) {
            wish.put("octets", octets(storage));
        }
        if (messages != null) {
            wish.put("messages", messages);
        }
        if (messageSize != null) {
            wish.put("messageOctets", octets(messageSize));
        }
        if (recipients != null) {
            wish.put("recipients", recipients);
        }
        mailroom.api().put(PATH + "/" + Api.segment(of), wish);
        System.out.println("The limits of " + of + " hold.");
    }

    @Command(mixinStandardHelpOptions = true, description = "All limits, and what is used of them.")
    void list() {
        Table.print(
                mailroom.api().all(PATH),
                List.of(
                        "of",
                        "octets",
                        "usedOctets",
                        "messages",
                        "usedMessages",
                        "percent",
                        "messageOctets",
                        "recipients"),
                System.out);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Nothing is limited any more, but by what the server takes.")
    void clear(@Parameters(paramLabel = "OF") String of) {
        mailroom.api().delete(PATH + "/" + Api.segment(of));
        System.out.println(of + " has no limits.");
    }

    static long octets(String text) {
        var size = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            throw new Trouble("a size is a number with k, m, g or t behind it, such as 500m, and not " + text);
        }
        // As the console writes sizes, in powers of ten.
        var zeros = 3 * ("kmgt".indexOf(size.group(2)) + (size.group(2).isEmpty() ? 0 : 1));
        return new BigDecimal(size.group(1)).movePointRight(zeros).min(MOST).longValue();
    }
}
