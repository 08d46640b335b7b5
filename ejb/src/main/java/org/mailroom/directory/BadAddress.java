package org.mailroom.directory;

/** A text that is no mail address or no domain; the message tells people what is wrong with it, without repeating it. */
public final class BadAddress extends Exception {
    private static final long serialVersionUID = 1L;

    BadAddress(String text) {
        super(text, null, false, false);
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
