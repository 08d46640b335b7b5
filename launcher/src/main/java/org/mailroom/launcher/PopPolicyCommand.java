package org.mailroom.launcher;

import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What POP3 leaves on the server. */
@Command(
        name = "pop-policy",
        mixinStandardHelpOptions = true,
        description = "What POP3 leaves on the server, of a domain or an account.")
final class PopPolicyCommand {
    @ParentCommand
    private Mailroom mailroom;

    @Command(mixinStandardHelpOptions = true, description = "All that were set.")
    void list() {
        Table.print(mailroom.api().all("/pop-policies"), List.of("of", "expire", "show", "markSeen"), System.out);
    }

    @Command(mixinStandardHelpOptions = true, description = "What holds, wherever it is set.")
    void show(@Parameters(paramLabel = "DOMAIN|ADDRESS") String of) {
        tell(mailroom.api().get(path(of)));
    }

    @Command(mixinStandardHelpOptions = true, description = "Sets what is named and leaves the rest.")
    void set(
            @Parameters(paramLabel = "DOMAIN|ADDRESS") String of,
            @Option(
                            names = "--expire",
                            paramLabel = "never|on-fetch|N-days-after-fetch|N-days",
                            description = "When messages go: with the QUIT after their fetch, days after it, or days"
                                    + " after they came, read or not.")
                    @Nullable
                    String expire,
            @Option(names = "--show", paramLabel = "all|unseen", description = "Which messages POP3 shows.") @Nullable
                    String show,
            @Option(
                            names = "--mark-seen",
                            arity = "1",
                            paramLabel = "true|false",
                            description = "Whether what was fetched counts as read for IMAP too.")
                    @Nullable
                    Boolean markSeen) {
        var wish = new LinkedHashMap<String, Object>();
        if (expire != null) {
            wish.put("expire", expire);
        }
        if (show != null) {
            wish.put("show", show);
        }
        if (markSeen != null) {
            wish.put("markSeen", markSeen);
        }
        if (wish.isEmpty()) {
            throw new Trouble("name what to set: --expire, --show or --mark-seen.");
        }
        tell(mailroom.api().patch(path(of), wish));
    }

    @Command(mixinStandardHelpOptions = true, description = "The next wider policy holds again.")
    void clear(@Parameters(paramLabel = "DOMAIN|ADDRESS") String of) {
        mailroom.api().delete(path(of));
        System.out.println("The policy of " + of + " is removed.");
    }

    private static String path(String of) {
        return "/pop-policies/" + Api.segment(of);
    }

    private static void tell(Api.Answer answer) {
        Table.print(List.of(answer.object()), List.of("of", "expire", "show", "markSeen"), System.out);
    }
}
