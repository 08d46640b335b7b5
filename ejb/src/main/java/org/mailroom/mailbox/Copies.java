package org.mailroom.mailbox;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.store.Flags;
import org.mailroom.contract.store.MailStore.Copied;
import org.mailroom.contract.store.Right;
import org.mailroom.contract.store.UidSet;
import org.mailroom.trace.Sequel;
import org.mailroom.trace.TraceStep.Kind;

/** COPY and MOVE: any number of messages with one statement; the octets stay where they are. */
@Stateless
public class Copies {
    private static final String COPY = """
            WITH source AS MATERIALIZED (
                SELECT e.uid, e.message_id, %s AS flags, e.internal_date, e.size,
                    row_number() OVER (ORDER BY e.uid) - 1 AS place
                FROM %s JOIN mailbox_entry e ON e.mailbox_id = ? AND %s),
            copied AS (
                INSERT INTO mailbox_entry (mailbox_id, uid, message_id, modseq, flags, internal_date, size)
                SELECT ?, ? + place, message_id, ?, flags, internal_date, size FROM source),
            box AS (
                UPDATE mailbox m SET uid_next = m.uid_next + s.n, modseq = ?, messages = m.messages + s.n,
                    unseen = m.unseen + s.unseen, octets = m.octets + s.octets
                FROM (SELECT count(*) AS n, count(*) FILTER (WHERE flags & 1 = 0) AS unseen,
                    coalesce(sum(size), 0) AS octets FROM source) s
                WHERE id = ? AND s.n > 0),
            %s SELECT uid FROM source
            """;
    private static final String TOLD = Sequel.sql("source");

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Event<MailboxChanged> changes;

    public Copies() {}

    Copies(DataSource database, Event<MailboxChanged> changes) {
        this.database = database;
        this.changes = changes;
    }

    /**
     * Copies what is left of these messages.
     *
     * @param move also removes them from where they were
     * @param least how many have to be left; EXPUNGED where there are fewer
     */
    public Copied copy(Access source, UidSet uids, Access target, boolean move, long least) throws MailException {
        source.rights().require(Right.READ);
        target.rights().require(Right.INSERT);
        if (move) {
            // RFC 6851 §4.2: what STORE, COPY and EXPUNGE need together.
            source.rights().require(Right.DELETE_MESSAGES);
            source.rights().require(Right.EXPUNGE);
        }
        return Work.with(database, connection -> {
            var boxes = LockedMailbox.lock(connection, source.mailbox(), target.mailbox());
            var from = boxes.get(0).by(source);
            var to = boxes.get(1).by(target);
            var flags = new CopiedFlags(source, target);
            var seen = flags.seen(connection, uids);
            var sequel = Sequel.of(move ? Kind.MOVED : Kind.COPIED, source.actor());
            var copied = transfer(connection, from, to, uids, sequel, flags);
            if (copied.from().size() < least) {
                throw new MailException(Reason.EXPUNGED, "Some of these messages are gone");
            }
            flags.keep(connection, seen, copied);
            if (!move || !source.owner().equals(target.owner())) {
                Quotas.hold(connection, target.owner()); // a move adds nothing to what the account keeps
            }
            if (!copied.from().isEmpty()) {
                changes.fire(new MailboxChanged(target.mailbox()));
                if (move && target.mailbox() != source.mailbox()) {
                    changes.fire(new MailboxChanged(source.mailbox()));
                }
            }
            return copied;
        });
    }

    /** @param sequel what the trace tells; where that is a move, they go from where they were */
    static Copied transfer(
            Connection connection, LockedMailbox from, LockedMailbox to, UidSet uids, Sequel sequel, CopiedFlags plan)
            throws SQLException {
        var ranges = Ranges.of(uids);
        long used = from.keywords().names().isEmpty() ? 0 : plan.allowed(used(connection, from, ranges));
        var keywords = to.keywords().withRoomFor(from.keywords().named(used));
        to.keep(connection, keywords);
        var flags = plan.of(from.keywords().translation(keywords, "e.flags", used));
        UidSet copied;
        var sql = COPY.formatted(flags, ranges.table(), ranges.condition(), TOLD);
        try (var insert = connection.prepareStatement(sql)) {
            ranges.bind(insert, 1);
            insert.setLong(3, from.id());
            insert.setLong(4, to.id());
            insert.setLong(5, to.uidNext());
            insert.setLong(6, to.modseq() + 1);
            insert.setLong(7, to.modseq() + 1);
            insert.setLong(8, to.id());
            sequel.to(to.id()).bind(insert, 9, from.id());
            copied = Work.uids(insert);
        }
        if (sequel.kind() == Kind.MOVED && !copied.isEmpty()) {
            Expunges.remove(connection, from, from.modseq() + 1, copied, 0, null);
        }
        return new Copied(to.uidValidity(), copied, UidSet.range(to.uidNext(), to.uidNext() + copied.size() - 1));
    }

    /** Bits that occur among the messages. */
    private static long used(Connection connection, LockedMailbox from, Ranges ranges) throws SQLException {
        try (var query = connection.prepareStatement("""
                SELECT coalesce(bit_or(e.flags), 0)
                FROM %s JOIN mailbox_entry e ON e.mailbox_id = ? AND %s
                """.formatted(ranges.table(), ranges.condition()))) {
            ranges.bind(query, 1);
            query.setLong(3, from.id());
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1) & -(1L << Flags.FIRST_KEYWORD);
            }
        }
    }
}
