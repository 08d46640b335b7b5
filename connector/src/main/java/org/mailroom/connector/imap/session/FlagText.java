package org.mailroom.connector.imap.session;

import java.util.ArrayList;
import java.util.List;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.contract.store.FlagChange;
import org.mailroom.contract.store.Flags;
import org.mailroom.contract.store.Right;
import org.mailroom.contract.store.Rights;

/** Flags between the bits of the house and the words of IMAP (RFC 9051 §2.3.2). */
public final class FlagText {
    private static final String RECENT = "\\Recent";

    /** Longer ones are of no client that we know. */
    private static final int LONGEST_KEYWORD = 100;

    private FlagText() {}

    /** In parentheses, as FETCH tells them. */
    static String of(long flags, List<String> keywords, boolean recent) {
        var text = new StringBuilder(32).append('(');
        for (int i = 0; i < Flags.SYSTEM.size(); i++) {
            if ((flags & 1L << i) != 0) {
                append(text, Flags.SYSTEM.get(i));
            }
        }
        // Most messages have no keyword at all.
        for (int i = 0; i < keywords.size() && flags >>> (Flags.FIRST_KEYWORD + i) != 0; i++) {
            if ((flags & Flags.keyword(i)) != 0) {
                append(text, keywords.get(i));
            }
        }
        if (recent) {
            append(text, RECENT);
        }
        return text.append(')').toString();
    }

    private static void append(StringBuilder text, String flag) {
        text.append(text.length() > 1 ? " " : "").append(flag);
    }

    /** What SELECT and a new keyword tell: which flags the mailbox knows. */
    static String known(List<String> keywords) {
        var all = new ArrayList<>(Flags.SYSTEM);
        all.addAll(keywords);
        return "(" + String.join(" ", all) + ")";
    }

    /** Flags that can be changed for good, and whether new keywords may be made. */
    static String permanent(List<String> keywords, Rights rights) {
        var all = new ArrayList<String>();
        for (int i = 0; i < Flags.SYSTEM.size(); i++) {
            if ((rights.flags() & 1L << i) != 0) {
                all.add(Flags.SYSTEM.get(i));
            }
        }
        if (!rights.has(Right.WRITE)) {
            return "(" + String.join(" ", all) + ")";
        }
        all.addAll(keywords);
        if (keywords.size() < Flags.MOST_KEYWORDS) {
            all.add("\\*");
        }
        return "(" + String.join(" ", all) + ")";
    }

    /** What the client named, each once; \Recent is not his to set and is passed over in APPEND alone. */
    public static FlagChange change(FlagChange.Mode mode, List<String> flags, boolean passRecent) throws BadSyntax {
        long system = 0;
        var keywords = new ArrayList<String>();
        for (var flag : flags) {
            int bit = bit(flag);
            if (bit >= 0) {
                system |= 1L << bit;
            } else if (!flag.startsWith("\\")) {
                addKeyword(keywords, flag);
            } else if (!passRecent || !flag.equalsIgnoreCase(RECENT)) {
                throw new BadSyntax("There is no system flag of that name; they are " + String.join(" ", Flags.SYSTEM));
            }
        }
        return new FlagChange(mode, system, keywords);
    }

    private static void addKeyword(List<String> keywords, String keyword) throws BadSyntax {
        if (keyword.length() > LONGEST_KEYWORD) {
            throw new BadSyntax("A keyword may have " + LONGEST_KEYWORD + " characters");
        }
        if (keywords.stream().noneMatch(keyword::equalsIgnoreCase)) {
            keywords.add(keyword);
        }
    }

    private static int bit(String flag) {
        for (int i = 0; i < Flags.SYSTEM.size(); i++) {
            if (Flags.SYSTEM.get(i).equalsIgnoreCase(flag)) {
                return i;
            }
        }
        return -1;
    }

    /** What becomes of these flags by this change, in a mailbox with these keywords. */
    static long apply(FlagChange change, long flags, List<String> keywords) {
        long named = change.system();
        for (int i = 0; i < keywords.size(); i++) {
            if (change.keywords().stream().anyMatch(keywords.get(i)::equalsIgnoreCase)) {
                named |= Flags.keyword(i);
            }
        }
        return switch (change.mode()) {
            case REPLACE -> named;
            case ADD -> flags | named;
            case REMOVE -> flags & ~named;
        };
    }
}
