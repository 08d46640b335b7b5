package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.Frame;
import org.mailroom.contract.MailException;

/** How a command ends, or goes on. */
public sealed interface Reply {
    /** Without tag and line end. */
    record Tagged(String text) implements Reply {}

    /** The next line belongs to this command (AUTHENTICATE, IDLE). */
    record Expects(Continuation next) implements Reply {}

    /** Nothing more is to be said (STARTTLS). */
    record Told() implements Reply {}

    static Reply ok(String text) {
        return new Tagged("OK " + text);
    }

    static Reply no(String text) {
        return new Tagged("NO " + text);
    }

    static Reply bad(String text) {
        return new Tagged("BAD " + text);
    }

    /** A command that waits for its next line. */
    interface Continuation {
        Reply line(Frame line) throws BadSyntax, MailException;

        /** The conversation ended before that. */
        default void dropped() {}
    }
}
