package org.mailroom.directory;

import org.mailroom.directory.Expansion.End;

/** What the directory says of an address, as its reader needs it. */
final class Words {
    private Words() {}

    static String of(String address, Found found, End end) {
        return switch (end) {
            case GOAL -> rule(address, found) + what(found.resolution());
            case CIRCLE -> circle(found.resolution());
            case AGAIN -> "gets it once only, as told above";
            case TOO_DEEP -> "is behind too many others, and is not followed";
            case TOO_MANY -> "is not followed: there are too many recipients";
        };
    }

    private static String circle(Resolution resolution) {
        return resolution instanceof Resolution.Local
                ? "leads back in a circle, which ends here: the account keeps the mail"
                : "leads back in a circle, which ends here";
    }

    private static String rule(String address, Found found) {
        return switch (found.by()) {
            case ITSELF -> "";
            case GROUP_ROLE -> "the owner of a group; ";
            case REWRITTEN -> "a rewritten address; ";
            case SUB_ADDRESS -> "a sub-address; ";
            case PATTERN -> "nobody has this address, the rewrite " + found.pattern() + " takes it; ";
            case CATCH_ALL -> "nobody has this address, the domain's catch-all takes it; ";
        };
    }

    private static String what(Resolution resolution) {
        return switch (resolution) {
            case Resolution.Local local -> account(local);
            case Resolution.Disabled(var _, var own) -> "the account " + own + " is disabled and takes no mail";
            case Resolution.Unknown() -> "there is no such address, and its mail is refused";
            case Resolution.Unseen(var unseen) ->
                unseen + " is not known here yet; the domain's directory is asked when mail comes";
            case Resolution.NotOurs(var domain) -> "is at another host; our users' mail goes to " + domain;
            case Resolution.Relayed(var domain) -> "is at another host; mail from anybody is passed on to " + domain;
            case Resolution.Aliased(var own, var targets) ->
                "the alias " + own + (targets.isEmpty() ? " leads nowhere" : " leads to");
            case Resolution.Group group -> group(group);
        };
    }

    private static String account(Resolution.Local local) {
        var forward = local.forward();
        if (forward == null) {
            return "the account " + local.address() + " gets it";
        }
        return "the account " + local.address() + (forward.keepsCopy() ? " gets it, and" : "") + " forwards it to";
    }

    private static String group(Resolution.Group group) {
        var who = switch (group.whoMaySend()) {
            case ANYBODY -> "anybody may send";
            case MEMBERS -> "members may send";
            case ACCOUNTS -> "our users may send";
        };
        return "the group " + group.address() + " (" + who
                + (group.moderators().isEmpty() ? ") " : ", what others send waits for a moderator) ")
                + (group.members().isEmpty() ? "has no members" : "sends it to its members");
    }
}
