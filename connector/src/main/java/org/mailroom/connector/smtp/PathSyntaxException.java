package org.mailroom.connector.smtp;

/** An argument of MAIL or RCPT that does not follow RFC 5321 §4.1.2. */
final class PathSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What it is about, for the enhanced status code. */
    enum About {
        COMMAND,
        ADDRESS,
        /** An address that RFC 6531 would allow. */
        NOT_ASCII,
        PARAMETER
    }

    private final About about;

    PathSyntaxException(About about, String text) {
        super(text, null, false, false);
        this.about = about;
    }

    About about() {
        return about;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
