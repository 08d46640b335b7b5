package org.mailroom.receive;

/** What becomes of a user's message of which From names somebody else. */
public enum ForeignAuthor {
    /** It is refused (RFC 6409 §6.1). */
    REFUSE,
    /** It says in Sender who sent it in truth (RFC 6409 §8.1). */
    SENDER
}
