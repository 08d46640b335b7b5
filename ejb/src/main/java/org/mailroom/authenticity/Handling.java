package org.mailroom.authenticity;

/** What is done with mail that fails a check, from the mildest to the hardest. */
public enum Handling {
    /** It is not checked. */
    OFF,
    /** The header, the trace and the rules are told. */
    REPORT,
    /** It is put where junk belongs. */
    JUNK,
    /** It is not taken. */
    REFUSE
}
