package org.mailroom.message;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.store.MailStore;

/** All messages, each kept once. JDBC instead of entities, because this is every message's way in and its octets are large. */
@ApplicationScoped
public class Messages {
    private static final int CHUNK = MailStore.CHUNK;

    /** Chunks that go to the database together: 2 MB in the heap. */
    private static final int BATCH = 8;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    public Messages() {}

    Messages(DataSource database) {
        this.database = database;
    }

    /**
     * Keeps a message in the caller's transaction and returns its id.
     *
     * @param queueId as the trace calls it; null where a client puts it into a mailbox
     */
    public long keep(@Nullable String queueId, ParsedMessage parsed, MessageSource source) {
        try (var connection = database.getConnection();
                var in = source.open()) {
            var first = in.readNBytes(CHUNK);
            long message = insert(connection, queueId, parsed, first);
            long rest = first.length < CHUNK ? 0 : keepChunks(connection, message, in);
            if (first.length + rest != parsed.size()) {
                throw new IllegalStateException("the source had " + (first.length + rest) + " octets after "
                        + parsed.size() + " at the first reading");
            }
            return message;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("the message was not kept", e);
        }
    }

    private static long insert(Connection connection, @Nullable String queueId, ParsedMessage parsed, byte[] octets)
            throws SQLException {
        try (var insert = connection.prepareStatement("""
                INSERT INTO message (size, header_size, sent, sent_offset, message_id, subject, sender,
                    envelope, body_structure, parts, octets, queue_id, %s)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, %s) RETURNING id""".formatted(SortingColumns.NAMES, SortingColumns.PLACES))) {
            insert.setLong(1, parsed.size());
            insert.setInt(2, parsed.headerSize());
            var sent = parsed.sent();
            if (sent == null) {
                insert.setNull(3, Types.TIMESTAMP_WITH_TIMEZONE);
                insert.setNull(4, Types.INTEGER);
            } else {
                insert.setObject(3, sent);
                insert.setInt(4, sent.getOffset().getTotalSeconds() / 60);
            }
            text(insert, 5, parsed.messageId());
            text(insert, 6, parsed.subject());
            text(insert, 7, parsed.from());
            insert.setBytes(8, parsed.envelope());
            insert.setBytes(9, parsed.structure());
            insert.setBytes(10, PartsCodec.encode(parsed.parts()));
            insert.setBytes(11, octets);
            text(insert, 12, queueId);
            SortingColumns.bind(connection, insert, 13, parsed, octets);
            try (var rows = insert.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static void text(PreparedStatement insert, int index, @Nullable String value) throws SQLException {
        if (value == null) {
            insert.setNull(index, Types.VARCHAR);
        } else {
            insert.setString(index, value);
        }
    }

    private static long keepChunks(Connection connection, long message, InputStream in)
            throws SQLException, IOException {
        long kept = 0;
        try (var insert = connection.prepareStatement(
                "INSERT INTO message_chunk (message_id, number, octets) VALUES (?, ?, ?)")) {
            int number = 0;
            for (var octets = in.readNBytes(CHUNK); octets.length > 0; octets = in.readNBytes(CHUNK)) {
                kept += octets.length;
                insert.setLong(1, message);
                insert.setInt(2, ++number);
                insert.setBytes(3, octets);
                insert.addBatch();
                if (number % BATCH == 0) {
                    insert.executeBatch();
                }
            }
            if (number % BATCH > 0) {
                insert.executeBatch();
            }
        }
        return kept;
    }

    /** At most {@link MailStore#CHUNK} octets from offset on, fewer only at the end. */
    public byte[] octets(long message, long offset, int length) throws MailException {
        try {
            return new StoredOctets(database).read(message, offset, length);
        } catch (SQLException e) {
            throw new IllegalStateException("message " + message + " could not be read", e);
        }
    }

    /** Several at once, whole; those larger than {@link MailStore#CHUNK} are cut there, and those that are gone are missing. */
    public Map<Long, byte[]> octets(Collection<Long> wanted) {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("SELECT id, octets FROM message WHERE id = ANY(?)")) {
            query.setArray(1, connection.createArrayOf("bigint", wanted.toArray()));
            try (var rows = query.executeQuery()) {
                var found = new HashMap<Long, byte[]>();
                while (rows.next()) {
                    found.put(rows.getLong(1), Objects.requireNonNull(rows.getBytes(2)));
                }
                return found;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(wanted.size() + " messages could not be read", e);
        }
    }

    /** The message for one who reads slowly: each piece is a query of its own, between which nothing is held. */
    public MessageSource source(long message) throws MailException {
        try {
            return new StoredOctets(database).source(message);
        } catch (SQLException e) {
            throw new IllegalStateException("message " + message + " could not be read", e);
        }
    }
}
