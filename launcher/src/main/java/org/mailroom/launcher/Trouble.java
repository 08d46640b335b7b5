package org.mailroom.launcher;

/** Why a command cannot go on and what cures it, in words for the operator; shown as it stands, without a stack trace. */
final class Trouble extends RuntimeException {
    private static final long serialVersionUID = 1;

    Trouble(String message) {
        super(message);
    }

    Trouble(String message, Throwable cause) {
        super(message, cause);
    }
}
