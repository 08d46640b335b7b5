package org.mailroom.mailbox;

import java.sql.Connection;
import java.sql.SQLException;
import org.mailroom.contract.store.Flags;
import org.mailroom.contract.store.MailStore.Copied;
import org.mailroom.contract.store.Right;
import org.mailroom.contract.store.UidSet;

/**
 * Which flags a copy has: those of the original that may be set where it goes (RFC 4314 §4). What was seen goes along for the
 * one who copies, and within the mailboxes of one owner for him too.
 */
record CopiedFlags(Access source, Access target) {
    private boolean withinOwn() {
        return source.isOwn() && target.isOwn();
    }

    /** Of these bits, those that the copy may have. */
    long allowed(long bits) {
        return bits & target.rights().flags();
    }

    /** The SQL expression of the copy's flags, from that of the original's. Only numbers go into it. */
    String of(String flags) {
        if (withinOwn()) {
            return flags;
        }
        var shared = "((" + flags + ") & " + (target.rights().flags() & ~Flags.SEEN) + ")";
        if (source.owner().equals(target.owner())) {
            return shared + " | (e.flags & " + Flags.SEEN + ")";
        }
        return target.isOwn()
                ? shared + " | CASE WHEN " + seenInSource() + " THEN " + Flags.SEEN + " ELSE 0 END"
                : shared;
    }

    private String seenInSource() {
        return source.isOwn()
                ? "e.flags & " + Flags.SEEN + " <> 0"
                : "(SELECT s.uids FROM mailbox_seen s WHERE s.mailbox_id = " + source.mailbox() + " AND s.account_id = "
                        + source.account().value() + ") @> e.uid";
    }

    /** What the one who copies has seen, where the copy goes to another's mailbox; asked before the original may go. */
    UidSet seen(Connection connection, UidSet uids) throws SQLException {
        if (target.isOwn() || !target.rights().has(Right.SEEN)) {
            return UidSet.EMPTY;
        }
        var ranges = Ranges.of(uids);
        try (var query = connection.prepareStatement(
                "SELECT e.uid FROM %s JOIN mailbox_entry e ON e.mailbox_id = ? AND %s AND %s"
                        .formatted(ranges.table(), ranges.condition(), seenInSource()))) {
            ranges.bind(query, 1);
            query.setLong(3, source.mailbox());
            return Work.uids(query);
        }
    }

    /** Notes that what he had seen of the originals he has seen of the copies. */
    void keep(Connection connection, UidSet seen, Copied copied) throws SQLException {
        var there = new UidSet.Builder();
        long place = 0;
        for (var uids = copied.from().iterator(); uids.hasNext(); place++) {
            if (seen.contains(uids.nextLong())) {
                there.add(copied.to().first() + place);
            }
        }
        SeenUids.change(connection, target, there.build(), true);
    }
}
