package org.mailroom.mailbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.store.Flags;

/** The keywords of a mailbox by bit. A keyword keeps the case in which the mailbox first met it (RFC 9051 §2.3.2). */
record Keywords(List<String> names) {
    static final Keywords NONE = new Keywords(List.of());

    private static final int LONGEST = 100;

    Keywords {
        names = List.copyOf(names);
    }

    private int index(String keyword) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(keyword)) {
                return i;
            }
        }
        return -1;
    }

    /** The bits of those keywords that the mailbox knows. */
    long bits(Collection<String> keywords) {
        long bits = 0;
        for (var keyword : keywords) {
            int index = index(keyword);
            if (index >= 0) {
                bits |= Flags.keyword(index);
            }
        }
        return bits;
    }

    /** These and others; this very object where none is new. */
    Keywords with(Collection<String> keywords) throws MailException {
        var all = new Keywords(names);
        for (var keyword : keywords) {
            if (all.index(keyword) < 0) {
                check(keyword);
                if (!all.hasRoom()) {
                    throw new MailException(
                            Reason.LIMIT, "A mailbox has at most " + Flags.MOST_KEYWORDS + " different keywords");
                }
                all = all.and(keyword);
            }
        }
        return all.names.size() == names.size() ? this : all;
    }

    /** These and as many others as there is room for. */
    Keywords withRoomFor(Collection<String> keywords) {
        var all = this;
        for (var keyword : keywords) {
            if (all.index(keyword) < 0 && all.hasRoom()) {
                all = all.and(keyword);
            }
        }
        return all;
    }

    private boolean hasRoom() {
        return names.size() < Flags.MOST_KEYWORDS;
    }

    private Keywords and(String keyword) {
        var more = new ArrayList<>(names);
        more.add(keyword);
        return new Keywords(more);
    }

    private static void check(String keyword) throws MailException {
        if (keyword.isEmpty() || keyword.length() > LONGEST) {
            throw new MailException(Reason.LIMIT, "A keyword has 1 to " + LONGEST + " characters");
        }
        if (keyword.chars().anyMatch(c -> c <= ' ' || c >= 0x7F)) {
            throw new MailException(Reason.LIMIT, "A keyword is printable ASCII");
        }
    }

    String[] array() {
        return names.toArray(String[]::new);
    }

    /**
     * An SQL expression that gives flags of this mailbox the bits of another. Only numbers go into it.
     *
     * @param used bits that occur; others are dropped
     */
    String translation(Keywords other, String flags, long used) {
        var sum = new StringBuilder("(" + flags + " & " + ((1L << Flags.FIRST_KEYWORD) - 1) + ")");
        for (int i = 0; i < names.size(); i++) {
            int there = other.index(names.get(i));
            if ((used & Flags.keyword(i)) != 0 && there >= 0) {
                sum.append(" | ((%s >> %d & 1) << %d)"
                        .formatted(flags, Flags.FIRST_KEYWORD + i, Flags.FIRST_KEYWORD + there));
            }
        }
        return sum.toString();
    }

    /** The names whose bits are set. */
    List<String> named(long bits) {
        var named = new ArrayList<String>();
        for (int i = 0; i < names.size(); i++) {
            if ((bits & Flags.keyword(i)) != 0) {
                named.add(names.get(i));
            }
        }
        return named;
    }
}
