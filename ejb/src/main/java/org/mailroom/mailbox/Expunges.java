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
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.store.Flags;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.Right;
import org.mailroom.contract.store.UidSet;
import org.mailroom.trace.Sequel;
import org.mailroom.trace.TraceStep.Kind;

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
            %s SELECT uid FROM gone
            """;
    private static final String TOLD = ", " + Sequel.sql("gone");

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
            var told = Sequel.of(Kind.DELETED, access.actor());
            return removed(remove(connection, box, box.modseq() + 1, uids, onlyDeleted ? Flags.DELETED : 0, told), box);
        });
    }

    /**
     * Removes those of the messages that are still there, because a policy says so.
     *
     * @param owner whose mailbox it is
     */
    public UidSet expire(long mailbox, AccountId owner, UidSet uids, String rule, String why) throws MailException {
        return Work.with(database, connection -> {
            var box = LockedMailbox.lock(connection, mailbox).getFirst();
            if (!box.account().equals(owner)) {
                throw new MailException(Reason.NO_SUCH_MAILBOX, "No such mailbox");
            }
            return removed(remove(connection, box, box.modseq() + 1, uids, 0, Sequel.removal(rule, why)), box);
        });
    }

    private UidSet removed(UidSet gone, LockedMailbox box) {
        if (!gone.isEmpty()) {
            changes.fire(new MailboxChanged(box.id()));
        }
        return gone;
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

    /**
     * @param flags those that a message must have to be removed
     * @param sequel what the trace tells of it, or null
     */
    static UidSet remove(
            Connection connection, LockedMailbox box, long modseq, UidSet uids, long flags, @Nullable Sequel sequel)
            throws SQLException {
        var ranges = Ranges.of(uids);
        var sql = EXPUNGE.formatted(ranges.table(), ranges.condition(), sequel == null ? "" : TOLD);
        try (var delete = connection.prepareStatement(sql)) {
            ranges.bind(delete, 1);
            delete.setLong(3, box.id());
            delete.setLong(4, flags);
            delete.setLong(5, flags);
            delete.setLong(6, box.id());
            delete.setLong(7, modseq);
            delete.setLong(8, modseq);
            delete.setLong(9, box.id());
            if (sequel != null) {
                sequel.bind(delete, 10, box.id());
            }
            return Work.uids(delete);
        }
    }
}
