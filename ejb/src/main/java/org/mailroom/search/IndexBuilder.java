package org.mailroom.search;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.mailroom.message.PartsCodec;
import org.mailroom.message.StoredOctets;

/**
 * Adds segments to the index of mailboxes that have grown by one. UIDs only grow, in the order of commits, so a range of them
 * that was once read whole gains nothing later. Two nodes that build the same segment write the same twice, and the second is
 * dropped. Rows that are deleted are built again.
 */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class IndexBuilder {
    private static final System.Logger LOG = System.getLogger(IndexBuilder.class.getName());

    /** Messages of a segment: as many as are looked at one by one within some tens of milliseconds. */
    private static final int SEGMENT = 1024;

    private static final int MAILBOXES = 20;

    /** Messages read at a time; their first pieces are together in memory. */
    private static final int PAGE = 16;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    private int segment = SEGMENT;
    private final AtomicBoolean building = new AtomicBoolean();

    public IndexBuilder() {}

    public IndexBuilder(DataSource database, int segment) {
        this.database = database;
        this.segment = segment;
    }

    @Schedule(hour = "*", minute = "*", second = "*/20", persistent = false)
    public void round() {
        if (!building.compareAndSet(false, true)) {
            return;
        }
        try {
            for (long mailbox : grown()) {
                build(mailbox);
            }
        } catch (SQLException | RuntimeException e) {
            // The database is away, or a message went while it was read: the next round finds the same work.
            LOG.log(System.Logger.Level.DEBUG, "the search index will be built later", e);
        } finally {
            building.set(false);
        }
    }

    private long[] grown() throws SQLException {
        var mailboxes = LongStream.builder();
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("""
                        SELECT m.id FROM mailbox m WHERE m.messages >= ? AND m.uid_next > ?
                            + coalesce((SELECT max(s.last_uid) FROM search_segment s WHERE s.mailbox_id = m.id), 0)
                        ORDER BY m.id LIMIT ?""")) {
            query.setInt(1, segment);
            query.setInt(2, segment);
            query.setInt(3, MAILBOXES);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    mailboxes.add(rows.getLong(1));
                }
            }
        }
        return mailboxes.build().toArray();
    }

    /** Builds all whole segments of a mailbox that are missing. Segments of which no message is left go. */
    public void build(long mailbox) throws SQLException {
        try (var connection = database.getConnection();
                var delete = connection.prepareStatement("""
                        DELETE FROM search_segment s WHERE s.mailbox_id = ? AND NOT EXISTS (
                            SELECT FROM mailbox_entry e
                            WHERE e.mailbox_id = s.mailbox_id AND e.uid BETWEEN s.first_uid AND s.last_uid)""")) {
            delete.setLong(1, mailbox);
            delete.executeUpdate();
        }
        for (var next = next(mailbox); next.size() == segment; next = next(mailbox)) {
            write(mailbox, next, slices(next));
        }
    }

    private record Indexed(long uid, long message) {}

    private List<Indexed> next(long mailbox) throws SQLException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("""
                        SELECT e.uid, e.message_id FROM mailbox_entry e WHERE e.mailbox_id = ? AND e.uid >
                            coalesce((SELECT max(s.last_uid) FROM search_segment s WHERE s.mailbox_id = ?), 0)
                        ORDER BY e.uid LIMIT ?""")) {
            query.setLong(1, mailbox);
            query.setLong(2, mailbox);
            query.setInt(3, segment);
            var found = new ArrayList<Indexed>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(new Indexed(rows.getLong(1), rows.getLong(2)));
                }
            }
            return found;
        }
    }

    private byte[] slices(List<Indexed> messages) throws SQLException {
        int width = width();
        var slices = new byte[Trigrams.WIDTH * width];
        for (int from = 0; from < messages.size(); from += PAGE) {
            page(messages.subList(from, Math.min(messages.size(), from + PAGE)), from, slices);
        }
        return slices;
    }

    private int width() {
        return (segment + 7) / 8;
    }

    private void page(List<Indexed> messages, int from, byte[] slices) throws SQLException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(
                        "SELECT m.id, m.parts, m.octets FROM message m WHERE m.id = ANY (?)")) {
            query.setArray(
                    1,
                    connection.createArrayOf(
                            "bigint", messages.stream().map(Indexed::message).toArray()));
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    long id = rows.getLong(1);
                    mark(messages, id, from, trigrams(id, rows.getBytes(2), rows.getBytes(3)), slices);
                }
            }
        }
    }

    private Trigrams trigrams(long message, byte[] parts, byte[] first) {
        var trigrams = new Trigrams();
        try {
            new MessageText(new StoredOctets(database), message, first).all(PartsCodec.decode(parts), trigrams);
        } catch (IOException | RuntimeException e) {
            // One that cannot be read may contain anything, and must not keep the others from being indexed.
            trigrams.setAll();
        }
        return trigrams;
    }

    private void mark(List<Indexed> messages, long id, int from, Trigrams trigrams, byte[] slices) {
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).message() == id) {
                int place = from + i;
                trigrams.set().forEach(bit -> slices[bit * width() + place / 8] |= (byte) (1 << place % 8));
            }
        }
    }

    private void write(long mailbox, List<Indexed> messages, byte[] slices) throws SQLException {
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement("""
                        INSERT INTO search_segment (mailbox_id, first_uid, last_uid, uids, width, slices)
                        SELECT ?, ?, ?, ?, ?, ? WHERE EXISTS (SELECT FROM mailbox WHERE id = ?)
                        ON CONFLICT DO NOTHING""")) {
            insert.setLong(1, mailbox);
            insert.setLong(2, messages.getFirst().uid());
            insert.setLong(3, messages.getLast().uid());
            insert.setArray(
                    4,
                    connection.createArrayOf(
                            "bigint", messages.stream().map(Indexed::uid).toArray()));
            insert.setInt(5, width());
            insert.setBytes(6, slices);
            insert.setLong(7, mailbox);
            insert.executeUpdate();
        }
    }
}
