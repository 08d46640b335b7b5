package org.mailroom.contract.store;

import java.util.List;

/**
 * The flags of a message in one long: bits 0 to 4 are the system flags of RFC 9051 §2.3.2, bit {@value #FIRST_KEYWORD} and up
 * the keywords in the order in which the mailbox first met them. \Recent belongs to a session and is not here.
 */
public final class Flags {
    public static final long SEEN = 1;
    public static final long ANSWERED = 1 << 1;
    public static final long FLAGGED = 1 << 2;
    public static final long DELETED = 1 << 3;
    public static final long DRAFT = 1 << 4;

    public static final int FIRST_KEYWORD = 8;

    /** Keywords that a mailbox may hold; one more is refused with {@code LIMIT}. */
    public static final int MOST_KEYWORDS = 62 - FIRST_KEYWORD;

    /** The system flags by bit, as IMAP writes them. */
    public static final List<String> SYSTEM = List.of("\\Seen", "\\Answered", "\\Flagged", "\\Deleted", "\\Draft");

    private Flags() {}

    /** The bit of a keyword by its place in the mailbox's list. */
    public static long keyword(int index) {
        return 1L << (FIRST_KEYWORD + index);
    }
}
