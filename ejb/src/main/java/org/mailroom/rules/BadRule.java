package org.mailroom.rules;

/** A rule that makes no sense as it was written; the message is one line for the one who wrote it. */
public final class BadRule extends Exception {
    private static final long serialVersionUID = 1L;

    BadRule(String text) {
        super(text, null, false, false);
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
