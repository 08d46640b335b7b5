package org.mailroom.contract;

/**
 * A refusal: the house understood the request and did not carry it out, and whatever was begun is rolled back. Faults are
 * runtime exceptions and never this.
 */
public class MailException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** @param text one line for people, free of control characters and without a reply code */
    public MailException(Reason reason, String text) {
        // A refusal is an answer on a hot path; nobody reads its stack.
        super(text, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** The line for people. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
