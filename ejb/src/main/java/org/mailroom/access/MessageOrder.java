package org.mailroom.access;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.mailroom.contract.store.SortKey;
import org.mailroom.contract.store.ThreadRow;
import org.mailroom.contract.store.UidSet;

/** SORT, and what THREAD is made of (RFC 5256): columns that were filled in at delivery; no message is read. */
final class MessageOrder {
    /** So few are looked up one by one; of more, all between the first and the last are read. */
    private static final int FEW = 1000;

    private static final int FETCH = 10_000;

    private final DataSource database;
    private final long mailbox;

    MessageOrder(DataSource database, long mailbox) {
        this.database = database;
        this.mailbox = mailbox;
    }

    long[] sort(UidSet uids, List<SortKey> order) throws SQLException {
        var columns = order.stream().map(MessageOrder::column).collect(Collectors.joining(", "));
        var sorted = LongStream.builder();
        read("e.uid", columns + ", e.uid", uids, row -> sorted.add(row.getLong(1)));
        return sorted.build().toArray();
    }

    /** Folded texts compare as octets (RFC 5051); what the backfill has not come to yet comes first. */
    private static String column(SortKey key) {
        var column = switch (key.by()) {
            case ARRIVAL -> "e.internal_date";
            case DATE -> "coalesce(m.sent, e.internal_date)";
            case SIZE -> "e.size";
            case SUBJECT -> text("base_subject");
            case FROM -> text("sort_from");
            case TO -> text("sort_to");
            case CC -> text("sort_cc");
            case DISPLAYFROM -> text("display_from");
            case DISPLAYTO -> text("display_to");
        };
        return column + (key.reverse() ? " DESC" : "");
    }

    private static String text(String column) {
        return "coalesce(m." + column + ", '') COLLATE \"C\"";
    }

    List<ThreadRow> threadRows(UidSet uids) throws SQLException {
        var rows = new ArrayList<ThreadRow>();
        read(
                "e.uid, m.message_id, m.thread_references, m.base_subject, m.is_reply, coalesce(m.sent, e.internal_date)",
                "e.uid",
                uids,
                row -> rows.add(threadRow(row)));
        return rows;
    }

    private static ThreadRow threadRow(ResultSet row) throws SQLException {
        var references = row.getArray(3);
        return new ThreadRow(
                row.getLong(1),
                row.getString(2),
                references == null ? List.of() : List.of((String[]) Objects.requireNonNull(references.getArray())),
                Objects.requireNonNullElse(row.getString(4), ""),
                row.getBoolean(5),
                Objects.requireNonNull(row.getObject(6, OffsetDateTime.class)).toInstant());
    }

    private interface Taker {
        void take(ResultSet row) throws SQLException;
    }

    private void read(String columns, String order, UidSet uids, Taker taker) throws SQLException {
        if (uids.isEmpty()) {
            return;
        }
        boolean few = uids.size() <= FEW;
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("SELECT " + columns
                        + " FROM mailbox_entry e JOIN message m ON m.id = e.message_id WHERE e.mailbox_id = ? AND "
                        + (few ? "e.uid = ANY (?)" : "e.uid BETWEEN ? AND ?") + " ORDER BY " + order)) {
            query.setFetchSize(FETCH);
            query.setLong(1, mailbox);
            if (few) {
                query.setArray(
                        2,
                        connection.createArrayOf("bigint", uids.stream().boxed().toArray()));
            } else {
                query.setLong(2, uids.first());
                query.setLong(3, uids.last());
            }
            take(query, uids, taker);
        }
    }

    private static void take(PreparedStatement query, UidSet uids, Taker taker) throws SQLException {
        try (var rows = query.executeQuery()) {
            while (rows.next()) {
                if (uids.contains(rows.getLong(1))) {
                    taker.take(rows);
                }
            }
        }
    }
}
