package org.mailroom.message;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.MailStore;

/** A kept message, or a stretch of it, as a stream that holds one piece at a time. */
final class StoredStream extends InputStream {
    private static final int FIRST = 32 * 1024;

    private final StoredOctets octets;
    private final long message;
    private final long end;
    private long next;
    private byte[] piece = new byte[0];
    private int at;

    StoredStream(StoredOctets octets, long message, long offset, long end) {
        this.octets = octets;
        this.message = message;
        this.next = offset;
        this.end = end;
    }

    @Override
    public int read() throws IOException {
        return fill() ? piece[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int take = Math.min(length, piece.length - at);
        System.arraycopy(piece, at, to, offset, take);
        at += take;
        return take;
    }

    private boolean fill() throws IOException {
        if (at < piece.length) {
            return true;
        }
        if (next >= end) {
            return false;
        }
        // Small first, because many readers only look at the beginning; then up to where a stored piece ends.
        int most = piece.length == 0 ? FIRST : MailStore.CHUNK - (int) (next % MailStore.CHUNK);
        try {
            piece = octets.read(message, next, (int) Math.min(end - next, most));
        } catch (SQLException | MailException e) {
            throw new IOException("message " + message + " cannot be read on at octet " + next, e);
        }
        at = 0;
        next += piece.length;
        return piece.length > 0;
    }
}
