package org.mailroom.connector.pop3;

import java.io.IOException;
import java.io.InputStream;

/**
 * A message as RETR and TOP send it (RFC 1939 §3): a line that begins with a dot gets another, the last line has an end, and
 * a bare LF becomes CRLF, because POP3 carries only lines, and a client that takes LF for an end must not see a lone dot.
 */
final class LineForm extends InputStream {
    private static final int PIECE = 4 * 1024;

    private final InputStream message;
    private final byte[] source = new byte[PIECE];

    /** Of one octet three at most come. */
    private final byte[] ready = new byte[3 * PIECE + 2];

    private int next;
    private int end;
    private byte last = '\n';
    private boolean over;

    private boolean inBody;
    private boolean lineIsEmpty = true;
    private long bodyLines;

    private LineForm(InputStream message, long bodyLines) {
        this.message = message;
        this.bodyLines = bodyLines;
    }

    static LineForm whole(InputStream message) {
        return new LineForm(message, Long.MAX_VALUE);
    }

    /** The header, the empty line, and so many lines more (TOP). */
    static LineForm top(InputStream message, long bodyLines) {
        return new LineForm(message, bodyLines);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (next == end) {
            if (over) {
                return -1;
            }
            fill();
        }
        int count = Math.min(length, end - next);
        System.arraycopy(ready, next, target, offset, count);
        next += count;
        return count;
    }

    private void fill() throws IOException {
        next = 0;
        end = 0;
        int length = message.read(source);
        if (length < 0) {
            endLastLine();
            over = true;
        }
        for (int from = 0; from < length && !over; ) {
            from = putLine(from, length);
        }
    }

    private void endLastLine() {
        if (last == '\r') {
            add((byte) '\n');
        } else if (last != '\n') {
            add((byte) '\r');
            add((byte) '\n');
        }
    }

    /** Takes what there is of a line, in one piece: messages are long, and octet by octet costs. Returns where the next begins. */
    private int putLine(int from, int length) {
        if (last == '\n' && source[from] == '.') {
            add((byte) '.');
        }
        int to = from;
        while (to < length && source[to] != '\n') {
            to++;
        }
        if (to > from) {
            System.arraycopy(source, from, ready, end, to - from);
            end += to - from;
            last = source[to - 1];
            lineIsEmpty &= to - from == 1 && last == '\r';
        }
        if (to == length) {
            return to;
        }
        if (last != '\r') {
            add((byte) '\r');
        }
        add((byte) '\n');
        lineEnds();
        return to + 1;
    }

    private void lineEnds() {
        if (inBody) {
            bodyLines--;
        }
        inBody |= lineIsEmpty;
        lineIsEmpty = true;
        over = inBody && bodyLines == 0;
    }

    private void add(byte octet) {
        ready[end++] = octet;
        last = octet;
    }

    @Override
    public void close() throws IOException {
        message.close();
    }
}
