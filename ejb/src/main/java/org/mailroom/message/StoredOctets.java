package org.mailroom.message;

import java.io.InputStream;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.Reason;
import org.mailroom.contract.store.MailStore;

/**
 * Reads kept messages piece by piece. No row is read whole where less is asked for, and no connection is held between two
 * pieces.
 */
public final class StoredOctets {
    private static final int CHUNK = MailStore.CHUNK;

    private final DataSource database;

    public StoredOctets(DataSource database) {
        this.database = database;
    }

    /** At most {@link MailStore#CHUNK} octets from offset on, fewer only at the end. */
    public byte[] read(long message, long offset, int length) throws MailException, SQLException {
        int wanted = Math.clamp(length, 0, CHUNK);
        long chunk = Math.max(0, offset) / CHUNK;
        int within = (int) (Math.max(0, offset) % CHUNK);
        var piece = new byte[wanted];
        int filled = 0;
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("""
                        SELECT 0 AS number, substring(octets FROM ? FOR ?) FROM message WHERE id = ?
                        UNION ALL
                        SELECT number, substring(octets FROM CASE number WHEN ? THEN ? ELSE 1 END FOR ?)
                        FROM message_chunk WHERE message_id = ? AND number BETWEEN ? AND ? AND ? > 0
                        ORDER BY number""")) {
            query.setInt(1, within + 1);
            query.setInt(2, chunk == 0 ? wanted : 0);
            query.setLong(3, message);
            query.setLong(4, chunk);
            query.setInt(5, within + 1);
            query.setInt(6, wanted);
            query.setLong(7, message);
            query.setLong(8, Math.max(1, chunk));
            query.setLong(9, chunk + (within + (long) wanted > CHUNK ? 1 : 0));
            query.setInt(10, wanted);
            try (var rows = query.executeQuery()) {
                if (!rows.next()) {
                    throw new MailException(Reason.EXPUNGED, "The message is gone");
                }
                do {
                    var octets = Objects.requireNonNull(rows.getBytes(2));
                    int take = Math.min(octets.length, wanted - filled);
                    System.arraycopy(octets, 0, piece, filled, take);
                    filled += take;
                } while (rows.next());
            }
        }
        return filled == wanted ? piece : java.util.Arrays.copyOf(piece, filled);
    }

    /** The whole message; each piece is a query of its own. */
    public MessageSource source(long message) throws MailException, SQLException {
        long size = size(message);
        return new MessageSource() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public InputStream open() {
                return new StoredStream(StoredOctets.this, message, 0, size);
            }
        };
    }

    /** The octets from offset on, up to an end that is not read. */
    public InputStream stream(long message, long offset, long end) {
        return new StoredStream(this, message, offset, end);
    }

    private long size(long message) throws MailException, SQLException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("SELECT size FROM message WHERE id = ?")) {
            query.setLong(1, message);
            try (var rows = query.executeQuery()) {
                if (!rows.next()) {
                    throw new MailException(Reason.EXPUNGED, "The message is gone");
                }
                return rows.getLong(1);
            }
        }
    }
}
