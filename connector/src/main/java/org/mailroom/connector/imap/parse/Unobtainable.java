package org.mailroom.connector.imap.parse;

/** The client's line is IMAP, but names something that cannot be had; answered with NO. */
public final class Unobtainable extends BadSyntax {
    private static final long serialVersionUID = 1L;

    public Unobtainable(String text) {
        super(text);
    }
}
