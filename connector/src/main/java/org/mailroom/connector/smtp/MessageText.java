package org.mailroom.connector.smtp;

import java.io.IOException;
import java.lang.System.Logger.Level;
import org.mailroom.connector.net.Spool;
import org.mailroom.contract.wire.WireSettings;
import org.mailroom.contract.wire.WireSettings.BareLineEnds;

/**
 * The text of a message on its way into the spool, and what is wrong with it. A message that will be refused is read on to
 * its end all the same, so that nothing of it is taken for a command.
 *
 * <p>Only {@code CRLF . CRLF} ends a message of DATA. A CR or LF that stands alone is never taken for the end of a line, so
 * nobody can smuggle a second message behind {@code LF . CRLF} or the like; and as such a message could be read otherwise by
 * the next server, it is refused as a whole, or made unambiguous where the settings say so.
 */
final class MessageText implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(MessageText.class.getName());
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] SPACE = {' '};

    /** How the text comes. */
    enum Form {
        /** By DATA: lines, dots stuffed, ended by a dot (RFC 5321 §4.5.2). */
        DOTTED,
        /** By BDAT: lines (RFC 3030 §2). */
        COUNTED,
        /** By BDAT, announced as BINARYMIME: octets (RFC 3030 §3). */
        BINARY
    }

    /** Why a message will be refused; the first one counts. */
    enum Flaw {
        NONE,
        TOO_LARGE,
        BARE_LINE_END,
        LONG_LINE,
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
    private final Form form;
    private final long most;
    private final int longestLine;
    private final boolean normalise;
    private final String session;

    private State state = State.LINE_START;
    private Flaw flaw = Flaw.NONE;
    private boolean ended;

    /** Octets of the line at hand that earlier calls took. */
    private int carried;

    /** The last octet taken was a CR, which is not kept before it is known what follows. */
    private boolean heldCr;

    /**
     * @param announced octets, 0 where nobody knows
     * @param session the wire's id, for the log
     */
    MessageText(Form form, long announced, WireSettings settings, String session) {
        this.session = session;
        this.spool = new Spool(Math.clamp(announced + 64, 8192, Spool.IN_MEMORY), Spool.IN_MEMORY);
        this.form = form;
        this.most = settings.limits().messageSize();
        this.longestLine = settings.smtp().lineLength();
        this.normalise = settings.smtp().bareLineEnds() == BareLineEnds.NORMALISE;
    }

    /** Takes octets from one index on and before another; fewer where the final dot comes first. Returns how many. */
    int take(byte[] array, int from, int to) {
        if (form == Form.BINARY) {
            keep(array, from, to);
            return to - from;
        }
        int start = from;
        int lineStart = from;
        int i = from;
        if (heldCr && i < to) {
            release(array[i]);
        }
        while (i < to && !ended) {
            byte octet = array[i++];
            switch (state) {
                case TEXT -> {
                    while (octet != '\r' && octet != '\n' && i < to) {
                        octet = array[i++];
                    }
                    if (octet == '\r') {
                        state = State.CR;
                    } else if (octet == '\n') {
                        start = bareLf(array, start, i);
                    }
                }
                case CR -> {
                    if (octet == '\n') {
                        endOfLine(carried + i - lineStart - 2);
                        carried = 0;
                        lineStart = i;
                        state = State.LINE_START;
                    } else {
                        start = bareCr(array, start, i - 2);
                        state = octet == '\r' ? State.CR : State.TEXT;
                    }
                }
                case LINE_START -> {
                    if (octet == '.' && form == Form.DOTTED) {
                        // The dot is left out; what follows tells whether it was the last.
                        keep(array, start, i - 1);
                        start = i;
                        state = State.DOT;
                    } else if (octet == '\n') {
                        start = bareLf(array, start, i);
                        state = State.TEXT;
                    } else {
                        state = octet == '\r' ? State.CR : State.TEXT;
                    }
                }
                case DOT -> {
                    if (octet == '\n') {
                        start = bareLf(array, start, i);
                        state = State.TEXT;
                    } else {
                        state = octet == '\r' ? State.DOT_CR : State.TEXT;
                    }
                }
                case DOT_CR -> {
                    if (octet == '\n') {
                        ended = true;
                    } else {
                        start = bareCr(array, start, i - 2);
                        state = octet == '\r' ? State.CR : State.TEXT;
                    }
                }
            }
        }
        heldCr = !ended && (state == State.CR || state == State.DOT_CR);
        keep(array, start, ended ? i - 2 : heldCr ? i - 1 : i);
        carried += i - lineStart;
        if (carried > longestLine + 2) {
            // Nobody waits for the end of a line that has none.
            note(Flaw.LONG_LINE);
        }
        return i - from;
    }

    /** The CR that ended the window before. */
    private void release(byte next) {
        heldCr = false;
        if (next != '\n') {
            bare(SPACE);
        } else if (state == State.CR) {
            keep(CRLF, 0, 1);
        }
    }

    /** Where it stood in a window before, {@link #release} saw to it. Returns from where on octets are to be kept. */
    private int bareCr(byte[] array, int start, int at) {
        if (at < start) {
            return start;
        }
        if (normalise) {
            keep(array, start, at);
        }
        bare(SPACE);
        return at + 1;
    }

    /** @param behind the index of the octet that follows */
    private int bareLf(byte[] array, int start, int behind) {
        if (normalise) {
            keep(array, start, behind - 1);
        }
        bare(CRLF);
        return behind;
    }

    private void bare(byte[] instead) {
        if (normalise) {
            keep(instead, 0, instead.length);
        } else {
            note(Flaw.BARE_LINE_END);
        }
    }

    private void endOfLine(int length) {
        if (length > longestLine) {
            note(Flaw.LONG_LINE);
        }
    }

    private void note(Flaw found) {
        if (flaw == Flaw.NONE) {
            flaw = found;
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
            LOG.log(Level.ERROR, "session=" + session + " status=no-room doing=DATA", problem);
            flaw = Flaw.NO_ROOM;
        }
    }

    /** Nothing follows the last octet. */
    void finish() {
        if (heldCr) {
            heldCr = false;
            bare(SPACE);
        }
    }

    /** Whether the final dot was taken. */
    boolean isEnded() {
        return ended;
    }

    Flaw flaw() {
        return flaw;
    }

    /** All of it, once it is finished and has no flaw. */
    Spool spool() {
        return spool;
    }

    @Override
    public void close() {
        spool.close();
    }
}
