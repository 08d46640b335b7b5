package org.mailroom.mailbox;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.UidSet;

/**
 * Asks what is in a mailbox, or what changed in it since a mod-sequence. One statement, so one snapshot: a change gets its
 * mod-sequence while it holds the mailbox row, so every change up to the mod-sequence that the snapshot shows is in it, and none
 * beyond.
 */
final class ViewQuery {
    private static final String BOX =
            "account_id, uid_validity, uid_next, modseq, keywords, expunged_known, acl_version";

    /**
     * All messages in one row: one for each would cost database and driver twice the time. In the order of the disk, since an
     * order, or groups, would be sorted where the planner doesn't know yet how many there are.
     */
    private static final String ALL = "SELECT " + BOX + """
            , uids, flags, modseqs, sizes
            FROM mailbox CROSS JOIN (
                SELECT string_agg(int8send(uid), '') AS uids, string_agg(int8send(flags), '') AS flags,
                    string_agg(int8send(modseq), '') AS modseqs, string_agg(int8send(size), '') AS sizes
                FROM mailbox_entry WHERE mailbox_id = ?
            ) AS messages
            WHERE id = ?
            """;

    private static final String SINCE = "SELECT " + BOX + """
            , 'm' FROM mailbox WHERE id = ?
            UNION ALL
            SELECT uid, flags, modseq, size, NULL, 0, 0, 'e' FROM mailbox_entry WHERE mailbox_id = ? AND modseq > ?
            UNION ALL
            SELECT uid, 0, 0, 0, NULL, 0, 0, 'x' FROM expunged WHERE mailbox_id = ? AND modseq > ?
            """;

    private final DataSource database;

    ViewQuery(DataSource database) {
        this.database = database;
    }

    /**
     * A view, whose mailbox it is, and who else may do what with it.
     *
     * @param aclVersion rises with each change of the rights; 0 where nobody ever had any
     */
    record Owned(MailboxView view, Acl acl, long aclVersion) {
        Owned with(MailboxView newer) {
            return new Owned(newer, acl, aclVersion);
        }
    }

    /** The log of expunged UIDs begins after what is known: what is gone shows only by reading all anew. */
    private static final class LogTooShort extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** The view brought up to date, the same object where nothing changed; null where the mailbox is gone. */
    @Nullable
    Owned refresh(long mailbox, @Nullable Owned known) throws SQLException {
        var before = known == null ? ViewSnapshots.read(database, mailbox) : known;
        try (var connection = database.getConnection()) {
            try {
                var fresh = before == null ? all(connection, mailbox) : since(connection, mailbox, before);
                return withRights(connection, fresh, before);
            } catch (LogTooShort gap) {
                return withRights(connection, all(connection, mailbox), null);
            }
        }
    }

    private static @Nullable Owned all(Connection connection, long mailbox) throws SQLException {
        try (var query = connection.prepareStatement(ALL)) {
            query.setLong(1, mailbox);
            query.setLong(2, mailbox);
            try (var rows = query.executeQuery()) {
                return rows.next() ? all(rows, mailbox) : null;
            }
        }
    }

    private static Owned all(ResultSet row, long mailbox) throws SQLException {
        var box = box(row);
        var uids = longs(row, 8);
        var flags = longs(row, 9);
        var modseqs = longs(row, 10);
        var sizes = longs(row, 11);
        var entries = new ArrayList<MailboxView.Entry>(uids.remaining());
        while (uids.hasRemaining()) {
            entries.add(new MailboxView.Entry(uids.get(), flags.get(), modseqs.get(), sizes.get()));
        }
        var empty = MailboxView.empty(mailbox, box.uidValidity);
        return owned(empty, entries, UidSet.EMPTY, box, new Acl(box.account, List.of()));
    }

    /** What int8send made of them; none in an empty mailbox. */
    private static LongBuffer longs(ResultSet row, int column) throws SQLException {
        byte[] octets = row.getBytes(column);
        return octets == null ? LongBuffer.allocate(0) : ByteBuffer.wrap(octets).asLongBuffer();
    }

    private static @Nullable Owned since(Connection connection, long mailbox, Owned known)
            throws SQLException, LogTooShort {
        try (var query = connection.prepareStatement(SINCE)) {
            query.setLong(1, mailbox);
            query.setLong(2, mailbox);
            query.setLong(3, known.view.modseq());
            query.setLong(4, mailbox);
            query.setLong(5, known.view.modseq());
            try (var rows = query.executeQuery()) {
                return since(rows, known);
            }
        }
    }

    /** Rights are read when they changed, which is seldom; most mailboxes never have any. */
    private static @Nullable Owned withRights(Connection connection, @Nullable Owned fresh, @Nullable Owned known)
            throws SQLException {
        if (fresh == null || fresh.aclVersion == (known == null ? 0 : known.aclVersion)) {
            return fresh;
        }
        long mailbox = fresh.view.mailbox();
        var entries = Acl.read(connection, List.of(mailbox)).getOrDefault(mailbox, List.of());
        return new Owned(fresh.view, new Acl(fresh.acl.owner(), entries), fresh.aclVersion);
    }

    private static @Nullable Owned since(ResultSet rows, Owned known) throws SQLException, LogTooShort {
        var entries = new ArrayList<MailboxView.Entry>();
        var expunged = LongStream.builder();
        Box box = null;
        while (rows.next()) { // in no promised order
            switch (rows.getString(8)) {
                case "e" ->
                    entries.add(
                            new MailboxView.Entry(rows.getLong(1), rows.getLong(2), rows.getLong(3), rows.getLong(4)));
                case "x" -> expunged.add(rows.getLong(1));
                default -> box = box(rows);
            }
        }
        if (box == null) {
            return null;
        }
        if (box.same(known.view)) {
            return box.aclVersion == known.aclVersion ? known : new Owned(known.view, known.acl, box.aclVersion);
        }
        if (known.view.modseq() < box.expungedKnown) {
            throw new LogTooShort();
        }
        return owned(known.view, entries, UidSet.of(expunged.build().toArray()), box, known.acl);
    }

    private static Owned owned(MailboxView before, List<MailboxView.Entry> entries, UidSet gone, Box box, Acl acl) {
        entries.sort(Comparator.comparingLong(MailboxView.Entry::uid));
        return new Owned(before.with(entries, gone, box.uidNext, box.modseq, box.keywords), acl, box.aclVersion);
    }

    private static Box box(ResultSet rows) throws SQLException {
        var keywords = (String[]) Objects.requireNonNull(rows.getArray(5)).getArray();
        return new Box(
                new AccountId(rows.getLong(1)),
                rows.getLong(2),
                rows.getLong(3),
                rows.getLong(4),
                List.of(keywords),
                rows.getLong(6),
                rows.getLong(7));
    }

    private record Box(
            AccountId account,
            long uidValidity,
            long uidNext,
            long modseq,
            List<String> keywords,
            long expungedKnown,
            long aclVersion) {
        boolean same(MailboxView view) {
            return view.modseq() == modseq
                    && view.uidNext() == uidNext
                    && view.keywords().equals(keywords);
        }
    }
}
