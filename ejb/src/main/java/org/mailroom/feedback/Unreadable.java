package org.mailroom.feedback;

import org.mailroom.trace.OneLine;

/** A report that makes no sense, or is too much of it; the text says why, in one line. */
public final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String text) {
        super(OneLine.of(text, 300), null, false, false);
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
