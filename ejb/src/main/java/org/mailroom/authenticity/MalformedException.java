package org.mailroom.authenticity;

/** A record or a signature that does not say what it must; the message is one line for people. */
class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String why) {
        // Strangers cause it at will, and nobody reads its stack.
        super(why, null, false, false);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
