package org.mailroom.mailbox;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.store.FlagChange;
import org.mailroom.contract.store.Flags;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.Rights;
import org.mailroom.contract.store.UidSet;

/** STORE: changes the flags of any number of messages with one statement. */
@Stateless
public class FlagChanges {
    // Two statements that go to the database together: the second sees what was committed while the first waited for
    // the row.
    // Entries by their place: who changes them holds the mailbox's row, and a planner that does not know yet how much
    // has come
    // to the mailbox would compare each UID with all.
    private static final String CHANGE = LockedMailbox.LOCK + """
            ; WITH target AS MATERIALIZED (
                SELECT e.ctid AS place, e.uid, e.flags AS old, e.modseq, (e.flags & ?) | ? AS fresh, e.size
                FROM %s JOIN mailbox_entry e ON e.mailbox_id = ? AND %s),
            changed AS (
                UPDATE mailbox_entry e SET flags = t.fresh, modseq = (SELECT modseq + 1 FROM mailbox WHERE id = ?)
                FROM target t WHERE e.ctid = t.place AND t.modseq <= ? AND t.fresh <> t.old
                RETURNING e.uid, t.old, t.fresh, e.size),
            box AS (
                UPDATE mailbox m SET modseq = m.modseq + 1, unseen = m.unseen + s.unseen
                FROM (SELECT count(*) AS n, coalesce(sum((old & 1) - (fresh & 1)), 0) AS unseen FROM changed) s
                WHERE id = ? AND s.n > 0)
            SELECT uid, true, fresh, size FROM changed UNION ALL SELECT uid, false, 0, 0 FROM target WHERE modseq > ?
            """;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Event<MailboxChanged> changes;

    public FlagChanges() {}

    FlagChanges(DataSource database, Event<MailboxChanged> changes) {
        this.database = database;
        this.changes = changes;
    }

    /**
     * @param changed messages whose flags are other than before
     * @param modified messages left alone, because they changed since the client looked
     */
    public record Changed(UidSet changed, UidSet modified) {}

    /** @param unchangedSince messages with a higher mod-sequence are left alone (RFC 7162 §3.1.3) */
    public Changed change(Access access, UidSet uids, FlagChange wish, long unchangedSince) throws MailException {
        var change = allowed(access.rights(), wish);
        return Work.with(database, connection -> {
            // Which bit a keyword is, is known once the row is held.
            var keywords = change.keywords().isEmpty() ? Keywords.NONE : known(connection, access, change);
            long bits = change.system() | keywords.bits(change.keywords());
            var plan = new Plan(change.mode(), bits, access.rights().flags(), unchangedSince);
            var applied = access.isOwn()
                    ? apply(connection, access, uids, plan)
                    : OthersFlags.apply(connection, access, uids, plan);
            if (!applied.entries.isEmpty() || !keywords.names().isEmpty()) {
                changes.fire(new MailboxChanged(access.mailbox(), applied.news()));
            }
            return new Changed(applied.changed(), applied.modified);
        });
    }

    /** Those of the mailbox, with the ones that are new by this change. */
    private static Keywords known(Connection connection, Access access, FlagChange change)
            throws SQLException, MailException {
        var box = LockedMailbox.lock(connection, access.mailbox()).getFirst().by(access);
        if (change.mode() == FlagChange.Mode.REMOVE) {
            return box.keywords();
        }
        var keywords = box.keywords().with(change.keywords());
        box.keep(connection, keywords);
        return keywords;
    }

    /** RFC 4314 §4: what may not be changed is passed over, unless nothing is left. */
    private static FlagChange allowed(Rights rights, FlagChange wish) throws MailException {
        var change = rights.allowed(wish);
        boolean nothing = change.system() == 0 && change.keywords().isEmpty();
        boolean wished = wish.system() != 0 || !wish.keywords().isEmpty();
        if (nothing && wished || rights.flags() == 0) {
            throw new MailException(
                    Reason.NOT_PERMITTED, "The mailbox is another's, and these flags are not yours to change");
        }
        return change;
    }

    /**
     * What becomes of the flags of a message.
     *
     * @param bits those named
     * @param allowed those that may change at all
     */
    record Plan(FlagChange.Mode mode, long bits, long allowed, long unchangedSince) {
        long kept() {
            return switch (mode) {
                case REPLACE -> ~allowed;
                case ADD -> -1;
                case REMOVE -> ~bits;
            };
        }

        long added() {
            return mode == FlagChange.Mode.REMOVE ? 0 : bits;
        }
    }

    /**
     * @param box as it was before, with its keywords as they are
     * @param entries those whose flags are other than before, ascending by UID
     * @param modified UIDs of those left alone
     */
    record Applied(LockedMailbox box, List<MailboxView.Entry> entries, UidSet modified) {
        UidSet changed() {
            var uids = new UidSet.Builder();
            entries.forEach(entry -> uids.add(entry.uid()));
            return uids.build();
        }

        ViewNews news() {
            return new ViewNews(
                    box.modseq(),
                    box.modseq() + (entries.isEmpty() ? 0 : 1),
                    box.keywords().names(),
                    entries);
        }
    }

    private static Applied apply(Connection connection, Access access, UidSet uids, Plan plan)
            throws SQLException, MailException {
        var ranges = Ranges.of(uids);
        try (var update = connection.prepareStatement(CHANGE.formatted(ranges.table(), ranges.condition()))) {
            update.setLong(1, access.mailbox());
            update.setLong(2, plan.kept());
            update.setLong(3, plan.added());
            ranges.bind(update, 4);
            update.setLong(6, access.mailbox());
            update.setLong(7, access.mailbox());
            update.setLong(8, plan.unchangedSince);
            update.setLong(9, access.mailbox());
            update.setLong(10, plan.unchangedSince);
            return applied(update, access);
        }
    }

    /** Runs a statement that locks the mailbox, and one that gives a UID, whether it was changed, its flags and size. */
    static Applied applied(PreparedStatement update, Access access) throws SQLException, MailException {
        update.execute();
        LockedMailbox box;
        try (var rows = update.getResultSet()) {
            box = LockedMailbox.read(rows).by(access);
        }
        update.getMoreResults();
        var changed = new ArrayList<MailboxView.Entry>();
        var modified = LongStream.builder();
        try (var rows = update.getResultSet()) {
            while (rows.next()) {
                if (rows.getBoolean(2)) {
                    changed.add(
                            new MailboxView.Entry(rows.getLong(1), rows.getLong(3), box.modseq() + 1, rows.getLong(4)));
                } else {
                    modified.add(rows.getLong(1));
                }
            }
        }
        changed.sort(Comparator.comparingLong(MailboxView.Entry::uid));
        return new Applied(box, changed, UidSet.of(modified.build().toArray()));
    }

    /** The bits that a new message has; makes keywords known where the mailbox met none of the name. */
    static long bits(Keywords keywords, FlagChange flags) {
        return (flags.system() & ((1L << Flags.FIRST_KEYWORD) - 1)) | keywords.bits(flags.keywords());
    }
}
