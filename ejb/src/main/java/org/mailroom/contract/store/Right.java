package org.mailroom.contract.store;

/** One thing that may be done with a mailbox (RFC 4314 §2.1), by its letter. */
public enum Right {
    /** LIST shows it. */
    LOOKUP('l'),
    /** SELECT, STATUS, COPY from here. */
    READ('r'),
    /** Keeps what was seen. */
    SEEN('s'),
    /** Flags other than \Seen and \Deleted. */
    WRITE('w'),
    /** APPEND and COPY to here. */
    INSERT('i'),
    /** Mail to its address; nothing that a mail store decides. */
    POST('p'),
    /** CREATE below it, RENAME to below it. */
    CREATE('k'),
    DELETE('x'),
    /** \Deleted. */
    DELETE_MESSAGES('t'),
    EXPUNGE('e'),
    /** Reads and changes who has which rights. */
    ADMINISTER('a');

    private final char letter;

    Right(char letter) {
        this.letter = letter;
    }

    public char letter() {
        return letter;
    }

    int bit() {
        return 1 << ordinal();
    }
}
