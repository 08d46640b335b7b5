package org.mailroom.directory;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.mailroom.contract.AccountId;

/**
 * Where mail for an address goes, all the way: a tree whose size and depth are bounded, in which circles are found and named.
 * Acceptance walks it; VRFY, EXPN, the console and the command line show it.
 *
 * @param address as the step before named it
 * @param words what becomes of mail for it, in one line
 * @param end why nothing comes after it, where something would
 * @param next the steps that follow: targets and members
 */
public record Expansion(String address, Resolution resolution, String words, End end, List<Expansion> next) {
    public Expansion {
        next = List.copyOf(next);
    }

    /** Why the way ends here. */
    public enum End {
        /** It does not, or it is at its goal. */
        GOAL,
        /** The mail has come from here. */
        CIRCLE,
        /** Another branch leads here already. */
        AGAIN,
        TOO_DEEP,
        TOO_MANY
    }

    /**
     * Whether the mail stays with this account. One that the mail had left comes to it again in a circle, and then gets it: a
     * forward to itself loses nothing.
     */
    public boolean isKept() {
        return resolution instanceof Resolution.Local(var _, var _, var forward)
                && end != End.AGAIN
                && (forward == null || forward.keepsCopy() || end != End.GOAL);
    }

    /** Whether the mail leaves us here. */
    public boolean isSentOn() {
        return end == End.GOAL
                && (resolution instanceof Resolution.NotOurs || resolution instanceof Resolution.Relayed);
    }

    /** This step and all that follow, each before those behind it. */
    public Stream<Expansion> steps() {
        return Stream.concat(Stream.of(this), next.stream().flatMap(Expansion::steps));
    }

    /** Whether anybody gets the mail. */
    public boolean arrives() {
        return steps().anyMatch(step -> step.isKept() || step.isSentOn());
    }

    /** Whether somebody on the way lives in a directory that has not said yet who he is: later it may lead to more. */
    public boolean meetsUnseen() {
        return steps().anyMatch(step -> step.resolution() instanceof Resolution.Unseen);
    }

    /** The accounts that get the mail, each once. */
    public Set<AccountId> accounts() {
        var accounts = new LinkedHashSet<AccountId>();
        steps().filter(Expansion::isKept).forEach(step -> accounts.add(((Resolution.Local) step.resolution).account()));
        return accounts;
    }

    /** Their own addresses, each once. */
    public List<String> owners() {
        return steps().filter(Expansion::isKept)
                .map(step -> ((Resolution.Local) step.resolution).address())
                .distinct()
                .toList();
    }

    /** The addresses at other hosts to which the mail is sent on, each once. */
    public List<String> elsewhere() {
        return steps().filter(Expansion::isSentOn).map(Expansion::address).toList();
    }

    /** The tree as lines for people, two blanks a level. */
    public List<String> lines() {
        return lines(any -> true);
    }

    /** @param visible of which addresses of ours the reader may know what becomes of their mail */
    public List<String> lines(Predicate<String> visible) {
        var lines = new ArrayList<String>();
        write(lines, "", visible);
        return lines;
    }

    private void write(List<String> lines, String indent, Predicate<String> visible) {
        boolean elsewhere = resolution instanceof Resolution.NotOurs || resolution instanceof Resolution.Relayed;
        if (elsewhere || visible.test(address)) {
            lines.add(indent + address + ": " + words);
            next.forEach(step -> step.write(lines, indent + "  ", visible));
        } else {
            lines.add(indent + address + ": is in a domain that you do not administer");
        }
    }
}
