package org.mailroom.mailbox;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.Reason;
import org.mailroom.contract.store.FlagChange;
import org.mailroom.contract.store.Flags;
import org.mailroom.contract.store.MailStore.Appended;
import org.mailroom.contract.store.Right;
import org.mailroom.contract.store.UidSet;
import org.mailroom.message.Messages;
import org.mailroom.message.ParsedMessage;
import org.mailroom.trace.Sequel;
import org.mailroom.trace.TraceStep.Kind;

/** APPEND: puts messages into a mailbox, all or none (RFC 3502). */
@Stateless
public class Appends {
    private static final String APPEND = """
            WITH fresh AS MATERIALIZED (
                SELECT message, flags, internal_date, size, place - 1 AS place
                FROM unnest(?::bigint[], ?::bigint[], ?::timestamptz[], ?::bigint[])
                    WITH ORDINALITY AS f (message, flags, internal_date, size, place)),
            entry AS (
                INSERT INTO mailbox_entry (mailbox_id, uid, message_id, modseq, flags, internal_date, size)
                SELECT ?, ? + place, message, ?, flags, internal_date, size FROM fresh)
            UPDATE mailbox m SET uid_next = m.uid_next + s.n, modseq = ?, messages = m.messages + s.n,
                unseen = m.unseen + s.unseen, octets = m.octets + s.octets
            FROM (SELECT count(*) AS n, count(*) FILTER (WHERE flags & 1 = 0) AS unseen,
                sum(size) AS octets FROM fresh) s
            WHERE id = ?
            """;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Event<MailboxChanged> changes;

    @Inject
    private Messages messages;

    public Appends() {}

    Appends(DataSource database, Event<MailboxChanged> changes, Messages messages) {
        this.database = database;
        this.changes = changes;
        this.messages = messages;
    }

    /**
     * A message that was parsed before the transaction began.
     *
     * @param flags of the new message; the mode says nothing
     */
    public record Fresh(ParsedMessage parsed, MessageSource source, FlagChange flags, Instant internalDate) {}

    public Appended append(Access access, List<Fresh> wished) throws MailException {
        var fresh = allowed(access, wished);
        return Work.with(database, connection -> {
            boolean limited = Quotas.check(
                    connection,
                    access.owner(),
                    fresh.stream().mapToLong(f -> f.parsed.size()).sum(),
                    fresh.size());
            var ids = keep(fresh);
            // The row is locked last: octets on their way hold nobody up.
            var appended = add(
                    connection,
                    access,
                    LockedMailbox.lock(connection, access.mailbox()).getFirst(),
                    fresh,
                    ids);
            if (limited) {
                Quotas.hold(connection, access.owner()); // another may have added something since
            }
            return appended;
        });
    }

    private static List<Fresh> allowed(Access access, List<Fresh> wished) throws MailException {
        access.rights().require(Right.INSERT);
        return wished.stream()
                .map(f -> new Fresh(f.parsed, f.source, access.rights().allowed(f.flags), f.internalDate))
                .toList();
    }

    /** Adds a message and expunges the one whose place it takes (RFC 8508): the account must hold both at no time. */
    public Appended replace(Access source, long uid, Access target, Fresh wished) throws MailException {
        var fresh = allowed(target, List.of(wished));
        // RFC 8508 §4: what APPEND, STORE and EXPUNGE need together.
        source.rights().require(Right.DELETE_MESSAGES);
        source.rights().require(Right.EXPUNGE);
        return Work.with(database, connection -> {
            var ids = keep(fresh);
            var boxes = LockedMailbox.lock(connection, source.mailbox(), target.mailbox());
            var from = boxes.get(0).by(source);
            var appended = add(connection, target, boxes.get(1), fresh, ids);
            // In the same mailbox the new message took the next mod-sequence.
            long modseq = from.modseq() + (source.mailbox() == target.mailbox() ? 2 : 1);
            var told = Sequel.of(Kind.DELETED, source.actor()).reply("another took its place");
            if (Expunges.remove(connection, from, modseq, UidSet.of(uid), 0, told)
                    .isEmpty()) {
                throw new MailException(Reason.EXPUNGED, "The message is gone already");
            }
            Quotas.hold(connection, target.owner());
            changes.fire(new MailboxChanged(source.mailbox()));
            return appended;
        });
    }

    private List<Long> keep(List<Fresh> fresh) {
        var ids = new ArrayList<Long>(fresh.size());
        for (var message : fresh) {
            ids.add(messages.keep(null, message.parsed, message.source));
        }
        return ids;
    }

    private Appended add(Connection connection, Access access, LockedMailbox box, List<Fresh> fresh, List<Long> ids)
            throws SQLException, MailException {
        var keywords = box.by(access).keywords();
        for (var message : fresh) {
            keywords = keywords.with(message.flags.keywords());
        }
        box.keep(connection, keywords);
        insert(connection, box, keywords, fresh, ids, access.isOwn() ? -1 : ~Flags.SEEN);
        if (!access.isOwn()) {
            SeenUids.change(connection, access, seen(box, fresh), true);
        }
        changes.fire(new MailboxChanged(box.id()));
        return new Appended(box.uidValidity(), UidSet.range(box.uidNext(), box.uidNext() + fresh.size() - 1));
    }

    /** UIDs of those that come as seen. */
    private static UidSet seen(LockedMailbox box, List<Fresh> fresh) {
        var seen = new UidSet.Builder();
        for (int i = 0; i < fresh.size(); i++) {
            if ((fresh.get(i).flags.system() & Flags.SEEN) != 0) {
                seen.add(box.uidNext() + i);
            }
        }
        return seen.build();
    }

    /** @param mask of the flags that stand in the row */
    private static void insert(
            Connection connection, LockedMailbox box, Keywords keywords, List<Fresh> fresh, List<Long> ids, long mask)
            throws SQLException {
        var flags = fresh.stream()
                .map(f -> FlagChanges.bits(keywords, f.flags) & mask)
                .toArray();
        var dates = fresh.stream()
                .map(f -> f.internalDate.atOffset(ZoneOffset.UTC).toString())
                .toArray();
        var sizes = fresh.stream().map(f -> f.parsed.size()).toArray();
        try (var update = connection.prepareStatement(APPEND)) {
            update.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            update.setArray(2, connection.createArrayOf("bigint", flags));
            update.setArray(3, connection.createArrayOf("timestamptz", dates));
            update.setArray(4, connection.createArrayOf("bigint", sizes));
            update.setLong(5, box.id());
            update.setLong(6, box.uidNext());
            update.setLong(7, box.modseq() + 1);
            update.setLong(8, box.modseq() + 1);
            update.setLong(9, box.id());
            update.executeUpdate();
        }
    }
}
