package org.mailroom.admin;

import jakarta.ejb.ApplicationException;

/** What was asked cannot be done; the message is one line for the person who asked. Nothing was changed. */
@ApplicationException(rollback = true)
public class AdminException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** Why, in the terms of HTTP. */
    public enum Kind {
        /** There is no such thing. */
        NOT_FOUND,
        /** The caller's role does not reach that far. */
        FORBIDDEN,
        /** It would contradict what is there. */
        CONFLICT,
        /** It makes no sense as it was written. */
        INVALID
    }

    public AdminException(Kind kind, String text) {
        super(text, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** The line for people. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
