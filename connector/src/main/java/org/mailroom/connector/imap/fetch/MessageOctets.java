package org.mailroom.connector.imap.fetch;

import java.util.Arrays;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.MailStore;
import org.mailroom.contract.store.MessageRow;

/** The octets of one message, of which the first came with its row and the others are read as they are needed. */
final class MessageOctets {
    private final MailStore store;
    private final long message;
    private final byte[] first;

    MessageOctets(MailStore store, MessageRow row) {
        this.store = store;
        this.message = row.message();
        this.first = row.octets() == null ? new byte[0] : row.octets();
    }

    /** Takes pieces in order. */
    interface Taker {
        void take(byte[] octets, int from, int to) throws MailException;
    }

    /** Hands over the octets of an extent, a piece at a time. */
    void read(Extent extent, Taker taker) throws MailException {
        long at = extent.from();
        while (at < extent.to()) {
            if (at < first.length) {
                int to = (int) Math.min(extent.to(), first.length);
                taker.take(first, (int) at, to);
                at = to;
            } else {
                var piece = store.octets(message, at, (int) Math.min(MailStore.CHUNK, extent.to() - at));
                if (piece.length == 0) {
                    throw new IllegalStateException(
                            "message " + message + " ends at " + at + ", not at " + extent.to());
                }
                taker.take(piece, 0, piece.length);
                at += piece.length;
            }
        }
    }

    /** For what is small. */
    byte[] bytes(Extent extent) throws MailException {
        var all = new byte[(int) extent.length()];
        int[] filled = {0};
        read(extent, (octets, from, to) -> {
            System.arraycopy(octets, from, all, filled[0], to - from);
            filled[0] += to - from;
        });
        return filled[0] == all.length ? all : Arrays.copyOf(all, filled[0]);
    }
}
