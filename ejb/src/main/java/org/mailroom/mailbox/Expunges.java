package org.mailroom.mailbox;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.Flags;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.Right;
import org.mailroom.contract.store.UidSet;

/** EXPUNGE: removes any number of messages with one statement, and logs which (RFC 7162 §3.2). */
@Stateless
public class Expunges {
    private static final String EXPUNGE = """
            WITH gone AS (
                DELETE FROM mailbox_entry e USING %s
                WHERE e.mailbox_id = ? AND %s AND e.flags & ? = ?
                RETURNING e.uid, e.message_id, e.size, e.flags),
            note AS (INSERT INTO message_release (message_id) SELECT message_id FROM gone),
            log AS (INSERT INTO expunged (mailbox_id, modseq, uid) SELECT ?, ?, uid FROM gone),
            box AS (
                UPDATE mailbox m SET modseq = ?, messages = m.messages - s.n, unseen = m.unseen - s.unseen,
                    octets = m.octets - s.octets
                FROM (SELECT count(*) AS n, count(*) FILTER (WHERE flags & 1 = 0) AS unseen,
                    coalesce(sum(size), 0) AS octets FROM gone) s
                WHERE id = ? AND s.n > 0)
            SELECT uid FROM gone
            """;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Event<MailboxChanged> changes;

    public Expunges() {}

    Expunges(DataSource database, Event<MailboxChanged> changes) {
        this.database = database;
        this.changes = changes;
    }

    /** @param onlyDeleted only those with \Deleted */
    public UidSet expunge(Access access, UidSet uids, boolean onlyDeleted) throws MailException {
        access.rights().require(Right.EXPUNGE);
        return Work.with(database, connection -> {
            var box =
                    LockedMailbox.lock(connection, access.mailbox()).getFirst().by(access);
            var gone = remove(connection, box, box.modseq() + 1, uids, onlyDeleted ? Flags.DELETED : 0);
            if (!gone.isEmpty()) {
                changes.fire(new MailboxChanged(access.mailbox()));
            }
            return gone;
        });
    }

    /**
     * UIDs that went after a mod-sequence, of those that the view has not; where the log does not reach back so far, every UID
     * that was ever given and is not in the view.
     */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public UidSet since(MailboxView view, long modseq) throws MailException {
        return Work.with(database, connection -> {
            try (var query = connection.prepareStatement("""
                    SELECT x.uid, m.expunged_known FROM mailbox m
                    LEFT JOIN expunged x ON x.mailbox_id = m.id AND x.modseq > ? WHERE m.id = ?""")) {
                query.setLong(1, modseq);
                query.setLong(2, view.mailbox());
                var gone = LongStream.builder();
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        if (rows.getLong(2) > modseq) {
                            return UidSet.range(1, view.uidNext() - 1).minus(view.uids());
                        }
                        gone.add(rows.getLong(1));
                    }
                }
                // Without a row of the log there is one of nulls, which is no UID.
                return UidSet.of(gone.build().toArray()).and(UidSet.ALL).minus(view.uids());
            }
        });
    }

    /** @param flags those that a message must have to be removed */
    static UidSet remove(Connection connection, LockedMailbox box, long modseq, UidSet uids, long flags)
            throws SQLException {
        var ranges = Ranges.of(uids);
        try (var delete = connection.prepareStatement(EXPUNGE.formatted(ranges.table(), ranges.condition()))) {
            ranges.bind(delete, 1);
            delete.setLong(3, box.id());
            delete.setLong(4, flags);
            delete.setLong(5, flags);
            delete.setLong(6, box.id());
            delete.setLong(7, modseq);
            delete.setLong(8, modseq);
            delete.setLong(9, box.id());
            return Work.uids(delete);
        }
    }
}
