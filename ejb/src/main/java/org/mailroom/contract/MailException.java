package org.mailroom.contract;

import java.util.List;

/**
 * A refusal: the house understood the request and did not carry it out, and whatever was begun is rolled back. Faults are
 * runtime exceptions and never this.
 */
public class MailException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient List<String> story;

    /** @param text one line for people, free of control characters and without a reply code */
    public MailException(Reason reason, String text) {
        this(reason, text, List.of());
    }

    /** @param story what was decided on the way, a line each, for those who may know */
    public MailException(Reason reason, String text, List<String> story) {
        // A refusal is an answer on a hot path; nobody reads its stack.
        super(text, null, false, false);
        this.reason = reason;
        this.story = List.copyOf(story);
    }

    public Reason reason() {
        return reason;
    }

    /** What was decided on the way; empty where nobody tells. */
    public List<String> story() {
        return story;
    }

    /** The line for people. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
