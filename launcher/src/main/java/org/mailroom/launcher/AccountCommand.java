package org.mailroom.launcher;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = "Opens the accounts of a table (CSV) with the columns address, displayName, password,"
                    + " quotaOctets, quotaMessages, aliases; only the first is needed.")
    int importTable(
            @Parameters(paramLabel = "FILE") Path file,
            @Option(names = "--dry-run", description = "Only say what would become of each line.") boolean dryRun,
            @Option(names = "--per-line", description = "Add what can be added; else all lines or none.")
                    boolean perLine) {
        var body = Json.createObjectBuilder().add("csv", text(file)).build();
        var lines = mailroom.api()
                .patient("POST", "/accounts/import?dryRun=" + dryRun + "&perLine=" + perLine, body)
                .rows();
        Table.print(lines, List.of("line", "address", "outcome", "text", "password"), System.out);
        return lines.stream().anyMatch(line -> line.getString("outcome").equals("refused")) ? 1 : 0;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new Trouble("cannot read " + file + " as UTF-8 text: " + e.getMessage(), e);
        }
    }

    @Command(mixinStandardHelpOptions = true, description = "All accounts.")
    void list() {
        Table.print(
                mailroom.api().all("/accounts"),
                List.of("address", "displayName", "enabled", "messages", "octets"),
                System.out);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Closes an account: nobody logs in, and new mail is refused; the mail it has stays.")
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

    @Command(mixinStandardHelpOptions = true, description = "Closes it, and removes its mail after a time of grace.")
    void remove(@Parameters(paramLabel = "ADDRESS") String address) {
        var answer = mailroom.api().delete("/accounts/" + Api.segment(address));
        System.out.println("Account " + address + " is closed; its mail stays until " + answer.text("removal")
                + ". Until then: ./mailroom account restore " + address);
    }

    @Command(mixinStandardHelpOptions = true, description = "Takes a removal back.")
    void restore(@Parameters(paramLabel = "ADDRESS") String address) {
        mailroom.api().post("/accounts/" + Api.segment(address) + "/restore", Map.of());
        System.out.println("Account " + address + " is there again, with all that it had.");
    }

    @Command(mixinStandardHelpOptions = true, description = "Gives it another address, here or in another domain.")
    void move(
            @Parameters(paramLabel = "ADDRESS") String address,
            @Parameters(paramLabel = "NEW") String to,
            @Option(names = "--forget-old", description = "Else the old address stays as an alias.") boolean forget) {
        mailroom.api().post("/accounts/" + Api.segment(address) + "/move", Map.of("to", to, "keepOld", !forget));
        System.out.println("Account " + address + " is " + to + " now; that is its login, too.");
    }

    @Command(mixinStandardHelpOptions = true, description = "Has it close at a time.")
    void expire(
            @Parameters(paramLabel = "ADDRESS") String address,
            @Parameters(paramLabel = "TIME", description = "Such as 2027-01-31T00:00:00Z, or never.") String at) {
        var wish = at.equals("never") ? Map.<String, String>of() : Map.of("at", at);
        var answer = mailroom.api()
                .post("/accounts/" + Api.segment(address) + "/expiry", wish)
                .object();
        System.out.println("Account " + address
                + (at.equals("never")
                        ? " does not expire."
                        : answer.containsKey("expires")
                                ? " expires at " + at + "."
                                : " is disabled: that time is past."));
    }

    @Command(mixinStandardHelpOptions = true, description = "In which language the server writes to its user.")
    void language(
            @Parameters(paramLabel = "ADDRESS") String address,
            @Parameters(
                            paramLabel = "LANGUAGE",
                            arity = "0..1",
                            defaultValue = "",
                            description = "en or de; else the server's.")
                    String language) {
        mailroom.api().post("/accounts/" + Api.segment(address) + "/language", Map.of("language", language));
        System.out.println("The server writes to " + address + " in "
                + (language.isEmpty() ? "its own language." : language + "."));
    }

    @Command(mixinStandardHelpOptions = true, description = "Sets another password.")
    void password(
            @Parameters(paramLabel = "ADDRESS") String address,
            @Option(names = "--password-stdin", description = FROM_INPUT) boolean fromInput,
            @Option(names = "--override-rules", description = "Take one that the rules for passwords refuse.")
                    boolean override) {
        var wish = new LinkedHashMap<String, Object>(password(fromInput));
        wish.put("overrideRules", override);
        var answer = mailroom.api().post("/accounts/" + Api.segment(address) + "/password", wish);
        System.out.println("The password of " + address + " is changed.");
        tell(answer);
    }

    @Command(
            name = "reset-second-factor",
            mixinStandardHelpOptions = true,
            description =
                    "For somebody who lost his phone and his recovery codes: the console asks for his password alone.")
    void resetSecondFactor(@Parameters(paramLabel = "ADDRESS") String address) {
        mailroom.api().delete("/accounts/" + Api.segment(address) + "/second-factor");
        System.out.println(address + " logs in to the console with the password alone.");
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
