package org.mailroom.launcher;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** People with a mailbox. */
@Command(name = "account", mixinStandardHelpOptions = true, description = "People with a mailbox.")
final class AccountCommand {
    private static final String FROM_INPUT =
            "Take the password from the first line of standard input; otherwise one is generated and shown.";

    @ParentCommand
    private Mailroom mailroom;

    @Command(mixinStandardHelpOptions = true, description = "Opens an account; its login is the address.")
    void add(
            @Parameters(paramLabel = "ADDRESS") String address,
            @Option(names = "--name", paramLabel = "NAME", defaultValue = "", description = "The name to display.")
                    String name,
            @Option(names = "--password-stdin", description = FROM_INPUT) boolean fromInput) {
        var wish = new LinkedHashMap<String, String>(password(fromInput));
        wish.put("address", address);
        if (!name.isEmpty()) {
            wish.put("displayName", name);
        }
        var answer = mailroom.api().post("/accounts", wish);
        if (!answer.created()) {
            System.out.println("Account " + address
                    + " is there already; its password stays. Another: ./mailroom account password " + address);
            return;
        }
        System.out.println("Account " + address + " added.");
        tell(answer);
    }

    @Command(mixinStandardHelpOptions = true, description = "All accounts.")
    void list() {
        Table.print(
                mailroom.api().all("/accounts"),
                List.of("address", "displayName", "enabled", "messages", "octets"),
                System.out);
    }

    @Command(mixinStandardHelpOptions = true, description = "Closes an account to logins; its mail stays.")
    void disable(@Parameters(paramLabel = "ADDRESS") String address) {
        enable(address, false);
    }

    @Command(mixinStandardHelpOptions = true, description = "Opens it again.")
    void enable(@Parameters(paramLabel = "ADDRESS") String address) {
        enable(address, true);
    }

    private void enable(String address, boolean enabled) {
        mailroom.api().patch("/accounts/" + Api.segment(address), Map.of("enabled", enabled));
        System.out.println("Account " + address + (enabled ? " enabled." : " disabled."));
    }

    @Command(mixinStandardHelpOptions = true, description = "Sets another password.")
    void password(
            @Parameters(paramLabel = "ADDRESS") String address,
            @Option(names = "--password-stdin", description = FROM_INPUT) boolean fromInput) {
        var answer = mailroom.api().post("/accounts/" + Api.segment(address) + "/password", password(fromInput));
        System.out.println("The password of " + address + " is changed.");
        tell(answer);
    }

    private static void tell(Api.Answer answer) {
        if (!answer.text("password").isEmpty()) {
            System.out.println("Password: " + answer.text("password") + "    (shown this once)");
        }
    }

    private static Map<String, String> password(boolean fromInput) {
        return fromInput ? Map.of("password", StandardInput.password()) : Map.of();
    }
}
