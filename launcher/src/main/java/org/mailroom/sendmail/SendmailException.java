package org.mailroom.sendmail;

/** The message cannot be handed over; the text is one line for the person or the log behind the program. */
final class SendmailException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Exit exit;

    SendmailException(Exit exit, String text) {
        super(text, null, false, false);
        this.exit = exit;
    }

    Exit exit() {
        return exit;
    }
}
