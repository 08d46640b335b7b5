package org.mailroom.connector.smtp;

import java.io.IOException;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.net.Connection;
import org.mailroom.connector.net.Framer;
import org.mailroom.connector.net.Input;
import org.mailroom.connector.net.Spool;
import org.mailroom.connector.net.Window;

/**
 * Reads a message up to its final dot, block by block, and takes the stuffed dots out (RFC 5321 §4.5.2).
 *
 * <p>Only {@code CRLF . CRLF} ends it. A CR or LF that stands alone is never taken for the end of a line, so nobody can
 * smuggle a second message behind {@code LF . CRLF} or the like; and as such a message could be read otherwise by the next
 * server, it is refused as a whole.
 */
final class DataFramer implements Framer {
    private static final System.Logger LOG = System.getLogger(DataFramer.class.getName());

    /** Why a message will be refused although it is read to its end; the first one counts. */
    enum Flaw {
        NONE,
        TOO_LARGE,
        BARE_LINE_END,
        NO_ROOM
    }

    private enum State {
        LINE_START,
        TEXT,
        CR,
        DOT,
        DOT_CR
    }

    private final Spool spool;
    private final long most;
    private final DataEnd.Answer answer;
    private State state = State.LINE_START;
    private Flaw flaw = Flaw.NONE;
    private boolean done;

    DataFramer(Spool spool, long most, DataEnd.Answer answer) {
        this.spool = spool;
        this.most = most;
        this.answer = answer;
    }

    @Override
    public @Nullable Input next(Window window, Connection connection) {
        var array = window.array();
        int start = window.from();
        int i = start;
        int to = window.to();
        while (i < to && !done) {
            byte octet = array[i++];
            switch (state) {
                case TEXT -> {
                    if (octet == '\r') {
                        state = State.CR;
                    } else if (octet == '\n') {
                        bare();
                    }
                }
                case CR -> {
                    if (octet == '\n') {
                        state = State.LINE_START;
                    } else {
                        bare();
                        state = octet == '\r' ? State.CR : State.TEXT;
                    }
                }
                case LINE_START -> {
                    if (octet == '.') {
                        // The dot is left out; what follows tells whether it was the last.
                        keep(array, start, i - 1);
                        start = i;
                        state = State.DOT;
                    } else {
                        state = afterLineStart(octet);
                    }
                }
                case DOT -> state = octet == '\r' ? State.DOT_CR : afterLineStart(octet);
                case DOT_CR -> {
                    if (octet == '\n') {
                        done = true;
                    } else {
                        bare();
                        state = octet == '\r' ? State.CR : State.TEXT;
                    }
                }
            }
        }
        // The CR of a final dot is no content; whatever else it turns out to be makes the message one to refuse.
        keep(array, start, Math.max(start, i - pending()));
        window.take(i - window.from());
        return done ? new DataEnd(spool, flaw, answer) : null;
    }

    private int pending() {
        return done ? 2 : state == State.DOT_CR ? 1 : 0;
    }

    private State afterLineStart(byte octet) {
        if (octet == '\n') {
            bare();
            return State.TEXT;
        }
        return octet == '\r' ? State.CR : State.TEXT;
    }

    private void bare() {
        if (flaw == Flaw.NONE) {
            flaw = Flaw.BARE_LINE_END;
        }
    }

    private void keep(byte[] array, int from, int to) {
        if (flaw != Flaw.NONE || to <= from) {
            return;
        }
        if (spool.size() + (to - from) > most) {
            flaw = Flaw.TOO_LARGE;
            spool.close();
            return;
        }
        try {
            spool.write(array, from, to - from);
        } catch (IOException problem) {
            LOG.log(Level.ERROR, "status=no-room doing=DATA", problem);
            flaw = Flaw.NO_ROOM;
        }
    }

    /** A client that left before the dot leaves nothing behind. */
    @Override
    public void close() {
        if (!done) {
            spool.close();
        }
    }
}
