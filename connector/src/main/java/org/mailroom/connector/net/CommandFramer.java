package org.mailroom.connector.net;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts command lines, strictly: only CRLF ends one, and a line with anything else that looks like an end in it, or with a
 * control character, never becomes a command.
 */
public final class CommandFramer implements Framer {
    private final int longest;

    private int scanned;
    private Input.@Nullable Flaw flaw;

    private CommandFramer(int longest) {
        this.longest = longest;
    }

    /** Single lines of at most so many octets, CRLF included. */
    public static CommandFramer lines(int longest) {
        return new CommandFramer(longest);
    }

    @Override
    public @Nullable Input next(Window window, Connection connection) {
        var array = window.array();
        int from = window.from();
        for (int i = from + scanned; i < window.to(); i++) {
            byte octet = array[i];
            if (octet == '\n') {
                boolean crlf = i > from && array[i - 1] == '\r';
                note(crlf ? null : Input.Flaw.BARE_LF);
                return end(window, i - from + 1, crlf ? 2 : 1);
            }
            if (octet < ' ' && octet >= 0 || octet == 0x7f) {
                noteControl(octet);
            }
            if (i > from && array[i - 1] == '\r') {
                note(Input.Flaw.BARE_CR);
            }
            if (i - from + 1 >= longest) {
                // All but its last octet, which may be the CR of its end, is dropped.
                flaw = Input.Flaw.TOO_LONG;
                window.take(i - from);
                from = i;
            }
        }
        scanned = window.length();
        return null;
    }

    private Input end(Window window, int length, int terminator) {
        var line = window.takeCopy(length);
        scanned = 0;
        var found = flaw;
        flaw = null;
        return found == null ? new Input.Command(Arrays.copyOf(line, length - terminator)) : new Input.Malformed(found);
    }

    private void noteControl(byte octet) {
        switch (octet) {
            case '\r' -> {} // judged with the octet behind it
            case '\b', 0x7f -> note(Input.Flaw.BACKSPACE);
            default -> note(Input.Flaw.CONTROL);
        }
    }

    /** The first flaw is the one that is told. */
    private void note(Input.@Nullable Flaw found) {
        if (flaw == null) {
            flaw = found;
        }
    }
}
