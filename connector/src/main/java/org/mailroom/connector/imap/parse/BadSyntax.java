package org.mailroom.connector.imap.parse;

/** The client's line is not IMAP; the message says what was expected, and where, and stands in the BAD reply. */
public class BadSyntax extends Exception {
    private static final long serialVersionUID = 1L;

    public BadSyntax(String text) {
        // An answer, like a refusal: nobody reads its stack.
        super(text, null, false, false);
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
