package org.mailroom.mailbox;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.store.MailboxInfo;
import org.mailroom.contract.store.UidSet;

/** The mailboxes of an account: made, renamed, removed, listed. */
@Stateless
public class Mailboxes {
    /** RFC 6154 §2, RFC 8457. */
    private static final Set<String> SPECIAL_USES =
            Set.of("\\All", "\\Archive", "\\Drafts", "\\Flagged", "\\Important", "\\Junk", "\\Sent", "\\Trash");

    private static final int MOST = 5000;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Event<MailboxChanged> changes;

    public Mailboxes() {}

    Mailboxes(DataSource database, Event<MailboxChanged> changes) {
        this.database = database;
        this.changes = changes;
    }

    /** All in order of name, INBOX first. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<MailboxInfo> all(AccountId account) throws MailException {
        return Work.with(database, connection -> MailboxRows.all(connection, account));
    }

    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public MailboxInfo find(AccountId account, String name) throws MailException {
        var checked = MailboxName.of(name);
        return Work.with(database, connection -> MailboxRows.find(connection, account, checked));
    }

    /**
     * What SELECT must know.
     *
     * @param firstRecent messages from this UID on were never selected
     */
    public record Opening(long id, @Nullable String specialUse, long uidNext, long modseq, long firstRecent) {}

    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Opening opening(AccountId account, String name) throws MailException {
        var checked = MailboxName.of(name);
        return Work.with(database, connection -> MailboxRows.opening(connection, account, checked));
    }

    public MailboxInfo create(AccountId account, String name, @Nullable String specialUse) throws MailException {
        var checked = MailboxName.of(name);
        if (specialUse != null && !SPECIAL_USES.contains(specialUse)) {
            throw new MailException(Reason.BAD_NAME, "There is no such special use");
        }
        return Work.with(database, connection -> {
            make(connection, account, checked, specialUse);
            changes.fire(MailboxChanged.names(account));
            return MailboxRows.find(connection, account, checked);
        });
    }

    private static void make(Connection connection, AccountId account, MailboxName name, @Nullable String specialUse)
            throws SQLException, MailException {
        for (var parent : name.parents()) {
            insert(connection, account, parent, null);
        }
        if (!insert(connection, account, name.text(), specialUse)) {
            throw new MailException(Reason.MAILBOX_EXISTS, "The mailbox exists");
        }
        if (MailboxRows.count(connection, account) > MOST) {
            throw new MailException(Reason.LIMIT, "An account has at most " + MOST + " mailboxes");
        }
    }

    private static boolean insert(Connection connection, AccountId account, String name, @Nullable String specialUse)
            throws SQLException {
        try (var insert = connection.prepareStatement("""
                INSERT INTO mailbox (account_id, name, special_use, uid_validity)
                VALUES (?, ?, ?, nextval('uid_validity')) ON CONFLICT (account_id, name) DO NOTHING""")) {
            insert.setLong(1, account.value());
            insert.setString(2, name);
            insert.setString(3, specialUse);
            return insert.executeUpdate() > 0;
        }
    }

    public void delete(AccountId account, String name) throws MailException {
        var checked = MailboxName.of(name);
        if (checked.isInbox()) {
            throw new MailException(Reason.BAD_NAME, "INBOX cannot be removed");
        }
        Work.<@Nullable Void>with(database, connection -> {
            long mailbox = id(connection, account, checked);
            LockedMailbox.lock(connection, mailbox);
            try (var delete = connection.prepareStatement("""
                    WITH gone AS (DELETE FROM mailbox_entry WHERE mailbox_id = ? RETURNING message_id)
                    INSERT INTO message_release (message_id) SELECT message_id FROM gone""")) {
                delete.setLong(1, mailbox);
                delete.executeUpdate();
            }
            try (var delete = connection.prepareStatement("DELETE FROM mailbox WHERE id = ?")) {
                delete.setLong(1, mailbox);
                delete.executeUpdate();
            }
            changes.fire(new MailboxChanged(mailbox));
            changes.fire(MailboxChanged.names(account));
            return null;
        });
    }

    public void rename(AccountId account, String from, String to) throws MailException {
        var old = MailboxName.of(from);
        var fresh = MailboxName.of(to);
        if (fresh.text().startsWith(old.below()) && !old.isInbox()) {
            throw new MailException(Reason.BAD_NAME, "A mailbox cannot move below itself");
        }
        Work.<@Nullable Void>with(database, connection -> {
            if (old.isInbox()) {
                emptyInbox(connection, account, fresh);
            } else {
                move(connection, account, old, fresh);
            }
            changes.fire(MailboxChanged.names(account));
            return null;
        });
    }

    /** RFC 9051 §6.3.6: INBOX gives its messages to the new mailbox and stays; what is below it stays too. */
    private void emptyInbox(Connection connection, AccountId account, MailboxName fresh)
            throws SQLException, MailException {
        long inbox = id(connection, account, MailboxName.INBOX);
        make(connection, account, fresh, null);
        long target = id(connection, account, fresh);
        var boxes = LockedMailbox.lock(connection, inbox, target);
        Copies.transfer(connection, boxes.get(0), boxes.get(1), UidSet.ALL, true);
        changes.fire(new MailboxChanged(inbox));
        changes.fire(new MailboxChanged(target));
    }

    private static void move(Connection connection, AccountId account, MailboxName old, MailboxName fresh)
            throws SQLException, MailException {
        id(connection, account, old);
        for (var parent : fresh.parents()) {
            insert(connection, account, parent, null);
        }
        var below = MailboxRows.below(connection, account, old);
        for (var name : below.values()) {
            MailboxName.of(fresh.text() + name.substring(old.text().length()));
        }
        var ids = LongStream.concat(
                        LongStream.of(id(connection, account, old)),
                        below.keySet().stream().mapToLong(Long::longValue))
                .toArray();
        LockedMailbox.lock(connection, ids);
        if (MailboxRows.taken(connection, account, old, fresh, ids)) {
            throw new MailException(Reason.MAILBOX_EXISTS, "A mailbox of the new name exists");
        }
        try (var update =
                connection.prepareStatement("UPDATE mailbox SET name = ? || substr(name, ?) WHERE id = ANY (?)")) {
            update.setString(1, fresh.text());
            update.setInt(2, old.text().codePointCount(0, old.text().length()) + 1);
            update.setArray(
                    3,
                    connection.createArrayOf(
                            "bigint", LongStream.of(ids).boxed().toArray()));
            update.executeUpdate();
        }
    }

    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Set<String> subscriptions(AccountId account) throws MailException {
        return Work.with(database, connection -> MailboxRows.subscriptions(connection, account));
    }

    public void subscribe(AccountId account, String name, boolean subscribed) throws MailException {
        var checked = MailboxName.of(name);
        Work.<@Nullable Void>with(database, connection -> {
            if (subscribed && MailboxRows.subscriptions(connection, account).size() >= MOST) {
                throw new MailException(Reason.LIMIT, "An account has at most " + MOST + " subscriptions");
            }
            try (var update = connection.prepareStatement(
                    subscribed
                            ? "INSERT INTO subscription (account_id, name) VALUES (?, ?) ON CONFLICT DO NOTHING"
                            : "DELETE FROM subscription WHERE account_id = ? AND name = ?")) {
                update.setLong(1, account.value());
                update.setString(2, checked.text());
                update.executeUpdate();
            }
            changes.fire(MailboxChanged.names(account));
            return null;
        });
    }

    /** Takes the \Recent of what was never selected; returns from which UID on that is. */
    public long claimRecent(long mailbox) throws MailException {
        return Work.with(database, connection -> {
            try (var update = connection.prepareStatement("""
                    WITH held AS (SELECT id, first_recent FROM mailbox WHERE id = ? FOR NO KEY UPDATE)
                    UPDATE mailbox m SET first_recent = m.uid_next FROM held h WHERE m.id = h.id
                    RETURNING h.first_recent""")) {
                update.setLong(1, mailbox);
                try (var rows = update.executeQuery()) {
                    if (!rows.next()) {
                        throw new MailException(Reason.NO_SUCH_MAILBOX, "The mailbox is gone");
                    }
                    return rows.getLong(1);
                }
            }
        });
    }

    static long id(Connection connection, AccountId account, MailboxName name) throws SQLException, MailException {
        try (var query = connection.prepareStatement("SELECT id FROM mailbox WHERE account_id = ? AND name = ?")) {
            query.setLong(1, account.value());
            query.setString(2, name.text());
            try (var rows = query.executeQuery()) {
                if (!rows.next()) {
                    throw new MailException(Reason.NO_SUCH_MAILBOX, "No such mailbox");
                }
                return rows.getLong(1);
            }
        }
    }
}
