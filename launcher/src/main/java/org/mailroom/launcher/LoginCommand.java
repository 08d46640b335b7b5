package org.mailroom.launcher;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Whose logins are slowed. */
@Command(
        name = "login",
        mixinStandardHelpOptions = true,
        description = "Who failed to log in so often that he must wait.")
final class LoginCommand {
    @ParentCommand
    private Mailroom mailroom;

    @Command(mixinStandardHelpOptions = true, description = "Accounts and addresses that must wait, and how long.")
    void slowed() {
        Table.print(mailroom.api().all("/slowed-logins"), List.of("who", "failures", "last", "seconds"), System.out);
    }

    @Command(mixinStandardHelpOptions = true, description = "Lets one of those try again at once.")
    void lift(@Parameters(paramLabel = "WHO") String who) {
        mailroom.api().delete("/slowed-logins?who=" + URLEncoder.encode(who, StandardCharsets.UTF_8));
        System.out.println(who + " need not wait any more.");
    }
}
