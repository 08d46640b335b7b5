package org.mailroom.mailbox;

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
 * Asks what changed in a mailbox since a mod-sequence. One statement, so one snapshot: a change gets its mod-sequence while
 * it holds the mailbox row, so every change up to the mod-sequence that the snapshot shows is in it, and none beyond.
 */
final class ViewQuery {
    private static final String SINCE = """
            SELECT 'm', account_id, uid_validity, uid_next, modseq, keywords, expunged_known, acl_version FROM mailbox
            WHERE id = ?
            UNION ALL
            SELECT 'e', uid, flags, modseq, size, NULL, 0, 0 FROM mailbox_entry WHERE mailbox_id = ? AND modseq > ?
            UNION ALL
            SELECT 'x', uid, 0, 0, 0, NULL, 0, 0 FROM expunged WHERE mailbox_id = ? AND modseq > ?
            """;

    /** Rows that the driver holds at a time. */
    private static final int FETCH = 10_000;

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
        try {
            return read(mailbox, known == null ? ViewSnapshots.read(database, mailbox) : known);
        } catch (LogTooShort gap) {
            try {
                return read(mailbox, null);
            } catch (LogTooShort impossible) {
                throw new IllegalStateException("a view that knows nothing misses nothing", impossible);
            }
        }
    }

    private @Nullable Owned read(long mailbox, @Nullable Owned known) throws SQLException, LogTooShort {
        try (var connection = database.getConnection()) {
            // A cursor works in a transaction only; without it the driver would hold a whole large mailbox as rows.
            boolean own = known == null && connection.getAutoCommit();
            if (own) {
                connection.setAutoCommit(false);
            }
            try {
                return query(connection, mailbox, known);
            } finally {
                if (own) {
                    connection.commit();
                    connection.setAutoCommit(true);
                }
            }
        }
    }

    private static @Nullable Owned query(Connection connection, long mailbox, @Nullable Owned known)
            throws SQLException, LogTooShort {
        long since = known == null ? 0 : known.view.modseq();
        try (var query = connection.prepareStatement(SINCE)) {
            query.setFetchSize(known == null ? FETCH : 0);
            query.setLong(1, mailbox);
            query.setLong(2, mailbox);
            query.setLong(3, since);
            query.setLong(4, mailbox);
            // A view that knows nothing has nothing to forget.
            query.setLong(5, known == null ? Long.MAX_VALUE : since);
            try (var rows = query.executeQuery()) {
                return withRights(connection, read(rows, mailbox, known), known);
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

    private static @Nullable Owned read(ResultSet rows, long mailbox, @Nullable Owned known)
            throws SQLException, LogTooShort {
        var entries = new ArrayList<MailboxView.Entry>();
        var expunged = LongStream.builder();
        Box box = null;
        while (rows.next()) { // in no promised order
            switch (rows.getString(1)) {
                case "e" ->
                    entries.add(
                            new MailboxView.Entry(rows.getLong(2), rows.getLong(3), rows.getLong(4), rows.getLong(5)));
                case "x" -> expunged.add(rows.getLong(2));
                default -> box = box(rows);
            }
        }
        if (box == null) {
            return null;
        }
        if (known != null && box.same(known.view)) {
            return box.aclVersion == known.aclVersion ? known : new Owned(known.view, known.acl, box.aclVersion);
        }
        if (known != null && known.view.modseq() < box.expungedKnown) {
            throw new LogTooShort();
        }
        entries.sort(Comparator.comparingLong(MailboxView.Entry::uid));
        var before = known == null ? MailboxView.empty(mailbox, box.uidValidity) : known.view;
        var gone = UidSet.of(expunged.build().toArray());
        var acl = known == null ? new Acl(box.account, List.of()) : known.acl;
        return new Owned(before.with(entries, gone, box.uidNext, box.modseq, box.keywords), acl, box.aclVersion);
    }

    private static Box box(ResultSet rows) throws SQLException {
        var keywords = (String[]) Objects.requireNonNull(rows.getArray(6)).getArray();
        return new Box(
                new AccountId(rows.getLong(2)),
                rows.getLong(3),
                rows.getLong(4),
                rows.getLong(5),
                List.of(keywords),
                rows.getLong(7),
                rows.getLong(8));
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
