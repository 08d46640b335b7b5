package org.mailroom.mailbox;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.PackedView;

/**
 * Keeps views of large mailboxes in the database, each in one row: who opens one first after a start reads that, and then only
 * what changed since, as every view is brought up to date. The newest wins where several nodes write.
 */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ViewSnapshots {
    private static final System.Logger LOG = System.getLogger(ViewSnapshots.class.getName());

    /**
     * When it pays to keep a view: writing 24 octets for each message costs less than reading a row for each later.
     *
     * @param messages in a mailbox that is large
     * @param changes of the mod-sequence, at least; a twentieth of the messages where that is more
     */
    record Limits(int messages, int changes) {
        boolean due(MailboxView view, long saved) {
            long changed = view.modseq() - saved;
            return view.size() >= messages && changed >= Math.max(changes, view.size() / 20)
                    || saved == 0 && view.size() >= messages;
        }
    }

    /** How many are read when the application starts, and for how long. */
    private static final int READ_AHEAD = 50;

    private static final Duration LONGEST_READ = Duration.ofSeconds(2);

    private Limits limits = new Limits(5000, 500);
    private final AtomicBoolean writing = new AtomicBoolean();

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private MailboxViews views;

    public ViewSnapshots() {}

    ViewSnapshots(DataSource database, MailboxViews views, Limits limits) {
        this.database = database;
        this.views = views;
        this.limits = limits;
    }

    /** Large mailboxes are in memory before the first client is let in, as far as this goes in short time. */
    @PostConstruct
    void readLargest() {
        long until = System.nanoTime() + LONGEST_READ.toNanos();
        try {
            for (long mailbox : largest()) {
                if (System.nanoTime() > until) {
                    return;
                }
                views.readAhead(mailbox);
            }
        } catch (SQLException | RuntimeException e) {
            // Who opens one will read it.
            LOG.log(System.Logger.Level.DEBUG, "views are not read ahead", e);
        }
    }

    private long[] largest() throws SQLException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("""
                        SELECT mailbox_id FROM view_snapshot ORDER BY octet_length(octets) DESC LIMIT ?""")) {
            query.setInt(1, READ_AHEAD);
            var largest = LongStream.builder();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    largest.add(rows.getLong(1));
                }
            }
            return largest.build().toArray();
        }
    }

    @Schedule(hour = "*", minute = "*", second = "*/15", persistent = false)
    public void round() {
        if (!writing.compareAndSet(false, true)) {
            return;
        }
        try {
            for (var unsaved : views.unsaved(limits).entrySet()) {
                keep(unsaved.getKey(), unsaved.getValue());
            }
        } catch (SQLException | RuntimeException e) {
            // The database is away; the next round finds the same work.
            LOG.log(System.Logger.Level.DEBUG, "views will be kept later", e);
        } finally {
            writing.set(false);
        }
    }

    /** Where another node, or this one before it was started again, kept one that will do, nothing is written. */
    private void keep(long mailbox, MailboxView view) throws SQLException {
        long there = modseq(mailbox);
        if (there == 0 || limits.due(view, there)) {
            write(mailbox, view);
            there = view.modseq();
        }
        views.saved(mailbox, there);
    }

    private long modseq(long mailbox) throws SQLException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("SELECT modseq FROM view_snapshot WHERE mailbox_id = ?")) {
            query.setLong(1, mailbox);
            try (var rows = query.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    private void write(long mailbox, MailboxView view) throws SQLException {
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement("""
                        INSERT INTO view_snapshot AS s (mailbox_id, modseq, octets)
                        SELECT id, ?, ? FROM mailbox WHERE id = ?
                        ON CONFLICT (mailbox_id) DO UPDATE SET modseq = excluded.modseq, octets = excluded.octets
                        WHERE s.modseq < excluded.modseq""")) {
            insert.setLong(1, view.modseq());
            insert.setBytes(2, PackedView.pack(view));
            insert.setLong(3, mailbox);
            insert.executeUpdate();
        }
    }

    /** What was kept, to be brought up to date; null where that is nothing. Rights are not in it. */
    static ViewQuery.@Nullable Owned read(DataSource database, long mailbox) throws SQLException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("""
                        SELECT m.account_id, s.octets FROM view_snapshot s JOIN mailbox m ON m.id = s.mailbox_id
                        WHERE m.id = ? AND s.modseq <= m.modseq""")) {
            query.setLong(1, mailbox);
            try (var rows = query.executeQuery()) {
                if (!rows.next()) {
                    return null;
                }
                var owner = new AccountId(rows.getLong(1));
                return PackedView.unpack(rows.getBytes(2))
                        .map(view -> new ViewQuery.Owned(view, new Acl(owner, List.of()), 0))
                        .orElse(null);
            }
        }
    }
}
