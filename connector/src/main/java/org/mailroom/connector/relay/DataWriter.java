package org.mailroom.connector.relay;

import java.io.IOException;
import java.time.Duration;

/**
 * Sends the octets of a message (RFC 5321 §4.5.2): a dot is put before a line's first, and the final dot ends it. A CR or LF
 * that stands alone becomes a line end, because remotes differ in what they take it for, and one might see a final dot in the
 * middle of the message.
 */
final class DataWriter implements BodyWriter {
    private final SmtpSession session;
    private final Duration limit;
    private final byte[] buffer = new byte[32 * 1024];
    private int used;
    private byte last = '\n';
    private boolean ending;

    DataWriter(SmtpSession session, Duration limit) {
        this.session = session;
        this.limit = limit;
    }

    @Override
    public void write(byte[] octets, int length) throws IOException {
        for (int i = 0; i < length; i++) {
            // A stray CR, line end, dot: four octets at most come of one.
            if (used > buffer.length - 4) {
                flush();
            }
            put(octets[i]);
        }
    }

    private void put(byte octet) {
        if (last == '\r' && octet != '\n') {
            add((byte) '\n');
        } else if (octet == '\n' && last != '\r') {
            add((byte) '\r');
        }
        if (octet == '.' && last == '\n') {
            add((byte) '.');
        }
        add(octet);
    }

    private void add(byte octet) {
        buffer[used++] = octet;
        last = octet;
    }

    /** Ends the last line if it has no end, and says the final dot. */
    @Override
    public void end() throws IOException {
        if (used > buffer.length - 8) {
            flush();
        }
        if (last == '\r') {
            add((byte) '\n');
        } else if (last != '\n') {
            add((byte) '\r');
            add((byte) '\n');
        }
        add((byte) '.');
        add((byte) '\r');
        add((byte) '\n');
        ending = true;
        flush();
    }

    @Override
    public boolean isEnding() {
        return ending;
    }

    private void flush() throws IOException {
        int length = used;
        used = 0;
        session.write(buffer, length, limit);
    }
}
