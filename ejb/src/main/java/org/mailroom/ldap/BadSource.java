package org.mailroom.ldap;

/** What somebody wrote describes no directory; the message is one line for him. */
public class BadSource extends Exception {
    private static final long serialVersionUID = 1L;

    public BadSource(String text) {
        super(text, null, false, false);
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
