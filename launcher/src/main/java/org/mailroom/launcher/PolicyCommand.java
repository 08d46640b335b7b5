package org.mailroom.launcher;

import jakarta.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Rules on mail. */
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        description = "Your own rules on mail, and what they would do.")
final class PolicyCommand {
    @ParentCommand
    private Mailroom mailroom;

    @Command(mixinStandardHelpOptions = true, description = "Adds a rule, or puts another in its place.")
    void add(
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = "--when",
                            required = true,
                            paramLabel = "CONDITION",
                            description = "Such as: \"attachment is *.exe\", \"not network is 192.0.2.0/24\","
                                    + " \"header:subject matches ^win\", \"size above 10000000\", \"fact:spf is fail\"."
                                    + " All must hold.")
                    List<String> when,
            @Option(
                            names = "--then",
                            required = true,
                            paramLabel = "ACTION",
                            description = "allow, refuse, defer, junk, quarantine, discard or bounce.")
                    String action,
            @Option(names = "--reason", defaultValue = "", description = "What the client or the sender is told.")
                    String reason,
            @Option(names = "--position", defaultValue = "100", description = "The lower is asked first.") int position,
            @Option(names = "--disabled", description = "Only to be tested.") boolean disabled) {
        var answer = mailroom.api()
                .put(
                        "/policy/rules/" + Api.segment(name),
                        Map.of(
                                "position", position,
                                "enabled", !disabled,
                                "action", action,
                                "conditions", when,
                                "reason", reason));
        System.out.println("Rule " + name + (answer.created() ? " is added." : " is changed."));
    }

    @Command(mixinStandardHelpOptions = true, description = "All rules, in the order in which they are asked.")
    void list() {
        Table.print(
                mailroom.api().all("/policy/rules"),
                List.of("position", "name", "enabled", "action", "conditions", "reason"),
                System.out);
    }

    @Command(mixinStandardHelpOptions = true, description = "Removes a rule.")
    void remove(@Parameters(paramLabel = "NAME") String name) {
        mailroom.api().delete("/policy/rules/" + Api.segment(name));
        System.out.println("Rule " + name + " is removed.");
    }

    @Command(mixinStandardHelpOptions = true, description = "Which rules would match a message that you describe.")
    void test(
            @Option(names = "--address", description = "Of the client.") @Nullable String address,
            @Option(names = "--helo") @Nullable String helo,
            @Option(names = "--tls", description = "yes or no.") @Nullable String tls,
            @Option(names = "--role", description = "smtp, submission or lmtp.") @Nullable String role,
            @Option(names = "--login") @Nullable String login,
            @Option(names = "--sender") @Nullable String sender,
            @Option(names = "--recipient") @Nullable List<String> recipients,
            @Option(names = "--size") @Nullable Long size,
            @Option(names = "--header", description = "As in: --header \"Subject=You win\".") @Nullable
                    Map<String, String> header,
            @Option(names = "--attachment", description = "The name of a file.") @Nullable List<String> attachments,
            @Option(names = "--fact", description = "As in: --fact spf=fail.") @Nullable Map<String, String> facts) {
        var mail = new HashMap<String, Object>();
        put(mail, "address", address);
        put(mail, "helo", helo);
        put(mail, "tls", tls);
        put(mail, "role", role);
        put(mail, "login", login);
        put(mail, "sender", sender);
        put(mail, "recipients", recipients);
        put(mail, "size", size);
        put(mail, "header", header);
        put(mail, "attachments", attachments);
        put(mail, "facts", facts);
        var matches = mailroom.api().post("/policy/test", mail).body().asJsonArray();
        Table.print(
                matches.getValuesAs(JsonObject.class),
                List.of("name", "action", "enabled", "match", "unanswered"),
                System.out);
    }

    private static void put(Map<String, Object> mail, String name, @Nullable Object value) {
        if (value != null) {
            mail.put(name, value);
        }
    }

    @Command(
            name = "dry-run",
            mixinStandardHelpOptions = true,
            description = "What a rule would have done to the mail of the last days, as far as the trace knows.")
    void dryRun(@Parameters(paramLabel = "NAME") String name, @Option(names = "--days", defaultValue = "7") int days) {
        var run = mailroom.api()
                .get("/policy/rules/" + Api.segment(name) + "/dry-run?days=" + days)
                .object();
        System.out.printf(
                "Of %s messages, rule %s would have matched %s.%n",
                Table.text(run.get("messages")), name, Table.text(run.get("matched")));
        if (!run.getJsonArray("unanswered").isEmpty()) {
            System.out.printf(
                    "Of %s the trace does not know enough; it does not answer: %s%n",
                    Table.text(run.get("undecided")), Table.text(run.get("unanswered")));
        }
        var caught = run.getJsonArray("caught").getValuesAs(JsonObject.class);
        if (!caught.isEmpty()) {
            Table.print(caught, List.of("at", "queueId", "sender", "recipients"), System.out);
        }
    }
}
