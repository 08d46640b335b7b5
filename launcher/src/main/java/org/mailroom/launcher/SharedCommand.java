package org.mailroom.launcher;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Mailboxes that belong to nobody in particular. */
@Command(
        name = "shared",
        mixinStandardHelpOptions = true,
        description = "Shared mailboxes: an address, and members who see its mail and may send under it.")
final class SharedCommand {
    private static final String PATH = "/shared-mailboxes";

    @ParentCommand
    private Mailroom mailroom;

    @Command(mixinStandardHelpOptions = true, description = "Adds a shared mailbox, or changes its name and quota.")
    void add(
            @Parameters(paramLabel = "ADDRESS") String address,
            @Option(names = "--name", defaultValue = "", description = "What people call it.") String name,
            @Option(names = "--quota", paramLabel = "OCTETS", description = "What it may hold; else no limit.")
                    @Nullable
                    Long quota) {
        var wish = new HashMap<String, Object>(Map.of("displayName", name));
        if (quota != null) {
            wish.put("quotaOctets", quota);
        }
        var answer = mailroom.api().put(PATH + "/" + Api.segment(address), wish);
        System.out.println("Shared mailbox " + address + (answer.created() ? " added." : " changed."));
    }

    @Command(mixinStandardHelpOptions = true, description = "Gives an account, a group or anyone rights in it.")
    void grant(
            @Parameters(paramLabel = "ADDRESS") String address,
            @Parameters(paramLabel = "MEMBER") String member,
            @Option(
                            names = "--rights",
                            defaultValue = "work",
                            description = "read, work (also change, add, delete), all (also give rights), or letters.")
                    String rights,
            @Option(
                            names = "--sends",
                            defaultValue = "no",
                            description = "Whether it sends under this address: as, on-behalf, or no.")
                    String sends) {
        mailroom.api()
                .put(
                        PATH + "/" + Api.segment(address) + "/members/" + Api.segment(member),
                        Map.of("rights", rights, "sends", sends));
        System.out.println(member + " has rights " + rights + " in " + address + "; sends: " + sends + ".");
    }

    @Command(mixinStandardHelpOptions = true, description = "Takes all rights from a member.")
    void revoke(@Parameters(paramLabel = "ADDRESS") String address, @Parameters(paramLabel = "MEMBER") String member) {
        mailroom.api().delete(PATH + "/" + Api.segment(address) + "/members/" + Api.segment(member));
        System.out.println(member + " has no rights in " + address + " any more.");
    }

    @Command(mixinStandardHelpOptions = true, description = "All shared mailboxes, with their members.")
    void list() {
        Table.print(
                mailroom.api().all(PATH),
                List.of("address", "displayName", "messages", "octets", "members"),
                System.out);
    }

    @Command(mixinStandardHelpOptions = true, description = "Removes a shared mailbox that is empty.")
    void remove(@Parameters(paramLabel = "ADDRESS") String address) {
        mailroom.api().delete(PATH + "/" + Api.segment(address));
        System.out.println("Shared mailbox " + address + " removed.");
    }
}
