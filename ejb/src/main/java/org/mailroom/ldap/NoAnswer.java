package org.mailroom.ldap;

/** The directory did not answer, or not in a way that tells anything: nobody knows. */
final class NoAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    NoAnswer(String text) {
        super(text, null, false, false);
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
