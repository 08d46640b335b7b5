package org.mailroom.launcher;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Distribution lists. */
@Command(
        name = "group",
        mixinStandardHelpOptions = true,
        description = "Distribution lists, with members here and elsewhere.")
final class GroupCommand {
    private static final String PATH = "/addresses/groups";

    @ParentCommand
    private Mailroom mailroom;

    @Command(mixinStandardHelpOptions = true, description = "Adds a group, or puts another in its place.")
    void add(
            @Parameters(paramLabel = "ADDRESS") String address,
            @Parameters(paramLabel = "MEMBER", arity = "0..*") List<String> members,
            @Option(names = "--name", defaultValue = "", description = "What people call it.") String name,
            @Option(
                            names = "--senders",
                            defaultValue = "anybody",
                            description = "Who may send to it: anybody, members, or accounts of ours.")
                    String senders,
            @Option(
                            names = "--owner",
                            defaultValue = "",
                            description = "Who hears of members that cannot be reached; else the postmaster.")
                    String owner) {
        var answer = mailroom.api()
                .put(
                        PATH + "/" + Api.segment(address),
                        Map.of(
                                "displayName",
                                name,
                                "whoMaySend",
                                senders,
                                "owner",
                                owner,
                                "members",
                                members == null ? List.of() : members));
        System.out.println("Group " + address + (answer.created() ? " added." : " changed."));
    }

    @Command(mixinStandardHelpOptions = true, description = "Adds members to a group.")
    void join(
            @Parameters(paramLabel = "ADDRESS") String address,
            @Parameters(paramLabel = "MEMBER", arity = "1..*") List<String> members) {
        change(address, "join", members);
    }

    @Command(mixinStandardHelpOptions = true, description = "Takes members from a group.")
    void leave(
            @Parameters(paramLabel = "ADDRESS") String address,
            @Parameters(paramLabel = "MEMBER", arity = "1..*") List<String> members) {
        change(address, "leave", members);
    }

    private void change(String address, String how, List<String> members) {
        var answer = mailroom.api().patch(PATH + "/" + Api.segment(address), Map.of(how, members));
        System.out.println("Group " + address + " has "
                + answer.object().getJsonArray("members").size() + " members.");
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Who lets through what those send who may not; without anybody, it is refused.")
    void moderators(
            @Parameters(paramLabel = "ADDRESS") String address,
            @Parameters(paramLabel = "MODERATOR", arity = "0..*") List<String> moderators) {
        var wanted = moderators == null ? List.<String>of() : moderators;
        mailroom.api().put(PATH + "/" + Api.segment(address) + "/moderators", Map.of("moderators", wanted));
        System.out.println("Group " + address + " has " + wanted.size() + " moderators.");
    }

    @Command(mixinStandardHelpOptions = true, description = "Who is in a group, and what each of them is.")
    void show(@Parameters(paramLabel = "ADDRESS") String address) {
        Table.print(
                mailroom.api().all(PATH + "/" + Api.segment(address) + "/members"),
                List.of("address", "kind"),
                System.out);
    }

    @Command(mixinStandardHelpOptions = true, description = "All groups.")
    void list() {
        Table.print(
                mailroom.api().all(PATH),
                List.of("address", "displayName", "whoMaySend", "owner", "members"),
                System.out);
    }

    @Command(mixinStandardHelpOptions = true, description = "Removes a group.")
    void remove(@Parameters(paramLabel = "ADDRESS") String address) {
        mailroom.api().delete(PATH + "/" + Api.segment(address));
        System.out.println("Group " + address + " removed.");
    }
}
