package org.mailroom.content;

/** What becomes of a message about which a checker said nothing: mail without a check, or no mail. */
public enum WhenDown {
    ACCEPT,
    DEFER
}
