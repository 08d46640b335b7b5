package org.mailroom.connector.pop3;

import java.io.IOException;
import java.io.InputStream;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.MailStore;
import org.mailroom.contract.store.MessageRow;

/** The octets of a message, fetched piece by piece as they are read; nothing is held between two pieces. */
final class StoredMessage extends InputStream {
    private final MailStore store;
    private final MessageRow row;
    private byte[] piece;
    private int next;
    private long fetched;

    StoredMessage(MailStore store, MessageRow row) {
        this.store = store;
        this.row = row;
        this.piece = row.octets() == null ? new byte[0] : row.octets();
        this.fetched = piece.length;
    }

    /** Passes over the beginning of the first piece. */
    void passOver(int count) {
        next += count;
    }

    @Override
    public int read() throws IOException {
        return isAtEnd() ? -1 : piece[next++] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (isAtEnd()) {
            return -1;
        }
        int count = Math.min(length, piece.length - next);
        System.arraycopy(piece, next, target, offset, count);
        next += count;
        return count;
    }

    private boolean isAtEnd() throws IOException {
        if (next < piece.length) {
            return false;
        }
        if (fetched >= row.size()) {
            return true;
        }
        try {
            piece = store.octets(row.message(), fetched, MailStore.CHUNK);
        } catch (MailException e) {
            throw new IOException("message " + row.message() + " ends at octet " + fetched, e);
        }
        if (piece.length == 0) {
            throw new IOException("message " + row.message() + " ends at octet " + fetched + " of " + row.size());
        }
        fetched += piece.length;
        next = 0;
        return false;
    }
}
