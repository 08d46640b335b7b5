package org.mailroom.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.store.MailStore;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.MessageColumn;
import org.mailroom.contract.store.MessageRow;
import org.mailroom.contract.store.UidSet;
import org.mailroom.message.PartsCodec;

/** Reads a page of messages with one query that names only the columns asked for. */
final class MailboxReader {
    private static final Set<MessageColumn> OF_MESSAGE = Set.of(
            MessageColumn.THREAD,
            MessageColumn.PREVIEW,
            MessageColumn.ENVELOPE,
            MessageColumn.STRUCTURE,
            MessageColumn.PARTS,
            MessageColumn.HEADER,
            MessageColumn.OCTETS);

    private final DataSource database;

    MailboxReader(DataSource database) {
        this.database = database;
    }

    List<MessageRow> rows(MailboxView view, UidSet uids, Set<MessageColumn> columns, int budget) throws SQLException {
        long weight = columns.contains(MessageColumn.OCTETS) ? budget : Long.MAX_VALUE;
        var page = UidPage.of(view, uids, MailStore.PAGE, weight);
        if (page.uids().length == 0) {
            return List.of();
        }
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(sql(columns, page.dense()))) {
            query.setLong(1, view.mailbox());
            query.setLong(2, page.first());
            query.setLong(3, page.last());
            int next = 4;
            if (!page.dense()) {
                query.setArray(next++, connection.createArrayOf("bigint", page.uids()));
            }
            query.setInt(next, Math.max(1, budget));
            var found = new ArrayList<MessageRow>(page.uids().length);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(row(rows, columns));
                }
            }
            return found;
        }
    }

    /**
     * The inner query only knows how long things are; what is beyond the budget is never taken out of storage. Octets that
     * lie outside of their row travel through it as a pointer.
     */
    private static String sql(Set<MessageColumn> columns, boolean dense) {
        var inner = new StringBuilder("SELECT e.uid, e.message_id, e.size, e.internal_date");
        var outer = new StringBuilder("SELECT uid, message_id, size, internal_date");
        var lengths = new StringBuilder("0");
        for (var column : MessageColumn.values()) {
            if (columns.contains(column)) {
                switch (column) {
                    case INTERNAL_DATE -> {}
                    case SAVED -> {
                        inner.append(", e.saved");
                        outer.append(", saved");
                    }
                    case THREAD -> {
                        inner.append(", m.thread");
                        outer.append(", thread");
                    }
                    case PREVIEW -> {
                        inner.append(", m.preview");
                        outer.append(", preview");
                        lengths.append(" + 200");
                    }
                    case ENVELOPE -> {
                        inner.append(", m.envelope");
                        outer.append(", envelope");
                        lengths.append(" + octet_length(m.envelope)");
                    }
                    case STRUCTURE -> {
                        inner.append(", m.body_structure");
                        outer.append(", body_structure");
                        lengths.append(" + octet_length(m.body_structure)");
                    }
                    case PARTS -> {
                        inner.append(", m.parts");
                        outer.append(", parts");
                        lengths.append(" + octet_length(m.parts)");
                    }
                    case HEADER -> {
                        inner.append(", m.octets AS header, m.header_size");
                        outer.append(", substring(header FROM 1 FOR header_size) AS header");
                        lengths.append(" + m.header_size");
                    }
                    case OCTETS -> {
                        inner.append(", m.octets");
                        outer.append(", octets");
                        lengths.append(" + octet_length(m.octets)");
                    }
                }
            }
        }
        boolean join = columns.stream().anyMatch(OF_MESSAGE::contains);
        return outer + " FROM (" + inner
                + (join
                        ? ", sum(" + lengths
                                + ") OVER (ORDER BY e.uid ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
                        : ", 0")
                + " AS before FROM mailbox_entry e" + (join ? " JOIN message m ON m.id = e.message_id" : "")
                + " WHERE e.mailbox_id = ? AND e.uid BETWEEN ? AND ?" + (dense ? "" : " AND e.uid = ANY (?)")
                + ") page WHERE coalesce(before, 0) < ? ORDER BY uid";
    }

    private static MessageRow row(ResultSet rows, Set<MessageColumn> columns) throws SQLException {
        var parts = bytes(rows, columns, MessageColumn.PARTS, "parts");
        return new MessageRow(
                rows.getLong(1),
                rows.getLong(2),
                rows.getLong(3),
                columns.contains(MessageColumn.INTERNAL_DATE) ? time(rows, "internal_date") : null,
                columns.contains(MessageColumn.SAVED) ? time(rows, "saved") : null,
                columns.contains(MessageColumn.THREAD) ? rows.getObject("thread", Long.class) : null,
                columns.contains(MessageColumn.PREVIEW) ? rows.getString("preview") : null,
                bytes(rows, columns, MessageColumn.ENVELOPE, "envelope"),
                bytes(rows, columns, MessageColumn.STRUCTURE, "body_structure"),
                parts == null ? null : PartsCodec.decode(parts),
                bytes(rows, columns, MessageColumn.HEADER, "header"),
                bytes(rows, columns, MessageColumn.OCTETS, "octets"));
    }

    private static Instant time(ResultSet rows, String name) throws SQLException {
        return Objects.requireNonNull(rows.getObject(name, OffsetDateTime.class))
                .toInstant();
    }

    private static byte @Nullable [] bytes(
            ResultSet rows, Set<MessageColumn> columns, MessageColumn column, String name) throws SQLException {
        return columns.contains(column) ? rows.getBytes(name) : null;
    }
}
