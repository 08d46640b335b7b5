package org.mailroom.mailbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.store.UidSet;

/** What accounts have seen in mailboxes that are not theirs: one row each, a set of ranges. */
final class SeenUids {
    private SeenUids() {}

    static UidSet read(Connection connection, long mailbox, AccountId account) throws SQLException {
        try (var query = connection.prepareStatement(
                "SELECT uids::text FROM mailbox_seen WHERE mailbox_id = ? AND account_id = ?")) {
            query.setLong(1, mailbox);
            query.setLong(2, account.value());
            try (var rows = query.executeQuery()) {
                return rows.next() ? parse(rows.getString(1)) : UidSet.EMPTY;
            }
        }
    }

    /** Adds UIDs, or takes them away; only while the mailbox's row is held. */
    static void change(Connection connection, Access access, UidSet uids, boolean seen) throws SQLException {
        if (uids.isEmpty()) {
            return;
        }
        try (var update =
                connection.prepareStatement("""
                INSERT INTO mailbox_seen (mailbox_id, account_id, uids) VALUES (?, ?, %s)
                ON CONFLICT (mailbox_id, account_id) DO UPDATE SET uids = mailbox_seen.uids %s ?::int8multirange
                """.formatted(seen ? "?::int8multirange" : "'{}'", seen ? "+" : "-"))) {
            update.setLong(1, access.mailbox());
            update.setLong(2, access.account().value());
            update.setString(3, text(uids));
            if (seen) {
                update.setString(4, text(uids));
            }
            update.executeUpdate();
        }
    }

    /** As PostgreSQL writes a multirange: {@code {[1,6),[9,10)}}. */
    static String text(UidSet uids) {
        var ranges = new ArrayList<String>(uids.ranges());
        for (int i = 0; i < uids.ranges(); i++) {
            ranges.add("[" + uids.first(i) + "," + (uids.last(i) + 1) + ")");
        }
        return "{" + String.join(",", ranges) + "}";
    }

    private static UidSet parse(String text) {
        var uids = new UidSet.Builder();
        var bounds = text.replaceAll("[^0-9]+", " ").strip().split(" ");
        for (int i = 0; i + 1 < bounds.length; i += 2) {
            uids.add(Long.parseLong(bounds[i]), Long.parseLong(bounds[i + 1]) - 1);
        }
        return uids.build();
    }
}
