package org.mailroom.mailbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.FlagChange;
import org.mailroom.contract.store.Flags;
import org.mailroom.contract.store.UidSet;

/**
 * STORE in a mailbox that is another's: \Seen is that of the one who comes and is kept apart, all other flags are shared. Both
 * raise the message's mod-sequence, which is the same for all.
 */
final class OthersFlags {
    private static final String CHANGE = LockedMailbox.LOCK + """
            ; WITH target AS MATERIALIZED (
                SELECT e.ctid AS place, e.uid, e.flags AS old, e.modseq, (e.flags & ?) | ? AS fresh, e.size,
                    coalesce(s.uids @> e.uid, false) AS seen
                FROM %s JOIN mailbox_entry e ON e.mailbox_id = ? AND %s
                LEFT JOIN mailbox_seen s ON s.mailbox_id = e.mailbox_id AND s.account_id = ?),
            changed AS (
                UPDATE mailbox_entry e SET flags = t.fresh, modseq = (SELECT modseq + 1 FROM mailbox WHERE id = ?)
                FROM target t WHERE e.ctid = t.place AND t.modseq <= ?
                    AND (t.fresh <> t.old OR t.seen <> coalesce(?, t.seen))
                RETURNING e.uid, t.fresh, e.size),
            box AS (
                UPDATE mailbox m SET modseq = m.modseq + 1
                FROM (SELECT count(*) AS n FROM changed) s WHERE id = ? AND s.n > 0)
            SELECT uid, true, fresh, size FROM changed UNION ALL SELECT uid, false, 0, 0 FROM target WHERE modseq > ?
            """;

    private OthersFlags() {}

    static FlagChanges.Applied apply(Connection connection, Access access, UidSet uids, FlagChanges.Plan plan)
            throws SQLException, MailException {
        var ranges = Ranges.of(uids);
        boolean seenToo = plan.mode() == FlagChange.Mode.REPLACE
                ? (plan.allowed() & Flags.SEEN) != 0
                : (plan.bits() & Flags.SEEN) != 0;
        boolean seen = (plan.added() & Flags.SEEN) != 0;
        try (var update = connection.prepareStatement(CHANGE.formatted(ranges.table(), ranges.condition()))) {
            update.setLong(1, access.mailbox());
            update.setLong(2, plan.kept() | Flags.SEEN);
            update.setLong(3, plan.added() & ~Flags.SEEN);
            ranges.bind(update, 4);
            update.setLong(6, access.mailbox());
            update.setLong(7, access.account().value());
            update.setLong(8, access.mailbox());
            update.setLong(9, plan.unchangedSince());
            update.setObject(10, seenToo ? seen : null, Types.BOOLEAN);
            update.setLong(11, access.mailbox());
            update.setLong(12, plan.unchangedSince());
            var applied = FlagChanges.applied(update, access);
            if (seenToo) {
                SeenUids.change(connection, access, applied.changed(), seen);
            }
            return applied;
        }
    }
}
