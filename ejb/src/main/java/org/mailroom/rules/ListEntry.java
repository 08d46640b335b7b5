package org.mailroom.rules;

import java.util.Locale;
import org.mailroom.policy.Network;

/**
 * Whose mail is always or never taken.
 *
 * @param owner for whom it holds: an address of ours, a domain of ours, or empty for all
 * @param subject whether it is about senders of mail to the owner, or about recipients of mail from him
 * @param pattern an address, a domain, {@code .domain} with those below it, a network (of senders), or {@code *}
 */
public record ListEntry(long id, String owner, Subject subject, String pattern, boolean allow) {
    private static final int LONGEST = 320;

    /** What a pattern is held against. */
    public enum Subject {
        SENDER,
        RECIPIENT;

        /** As the column holds it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What somebody wrote, in lower case and checked. */
    public static ListEntry of(String owner, String subject, String pattern, boolean allow) throws BadRule {
        var whose = owner.strip().toLowerCase(Locale.ROOT);
        var what = pattern.strip().toLowerCase(Locale.ROOT);
        if (!whose.isEmpty() && !isAddress(whose) && !isDomain(whose)) {
            throw new BadRule("A list belongs to an address, to a domain, or to all");
        }
        var about = about(subject.strip());
        boolean fits = what.equals("*")
                || isAddress(what)
                || isDomain(what.startsWith(".") ? what.substring(1) : what)
                || about == Subject.SENDER && isNetwork(what);
        if (!fits || what.length() > LONGEST || whose.length() > LONGEST) {
            throw new BadRule("\"" + pattern + "\" is no address, domain, .domain, network or *");
        }
        return new ListEntry(
                0, whose, about, isNetwork(what) ? Network.parse(what).toString() : what, allow);
    }

    private static Subject about(String word) throws BadRule {
        for (var subject : Subject.values()) {
            if (subject.word().equalsIgnoreCase(word)) {
                return subject;
            }
        }
        throw new BadRule("A list is about sender or recipient");
    }

    private static boolean isAddress(String text) {
        int at = text.lastIndexOf('@');
        return at > 0 && isDomain(text.substring(at + 1)) && text.chars().noneMatch(c -> c <= ' ' || c == 0x7f);
    }

    private static boolean isDomain(String text) {
        // Labels with a letter somewhere, so that no address of a network is one.
        return text.matches("[\\p{L}\\p{N}_-]+(\\.[\\p{L}\\p{N}_-]+)*") && !isNetwork(text);
    }

    private static boolean isNetwork(String text) {
        try {
            Network.parse(text);
            return true;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }
}
