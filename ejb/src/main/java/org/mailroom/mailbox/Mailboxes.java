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
import org.mailroom.contract.Actor;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.store.MailboxInfo;
import org.mailroom.contract.store.UidSet;
import org.mailroom.trace.Sequel;
import org.mailroom.trace.TraceStep.Kind;

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

    /**
     * A mailbox of another.
     *
     * @param info by the name that its owner knows, with the rights of the one who asked
     */
    public record OfAnother(AccountId owner, MailboxInfo info) {}

    /** Those that others share with the account, in order of owner and name; what it may not see is left out. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<OfAnother> ofOthers(AccountId account, Set<Long> groups) throws MailException {
        return Work.with(database, connection -> MailboxRows.ofOthers(connection, account, groups));
    }

    /** Numbers stay while names change. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public long id(AccountId account, String name) throws MailException {
        var checked = MailboxName.of(name);
        return Work.with(database, connection -> id(connection, account, checked));
    }

    /** The mailbox, or where it is missing the nearest one above it that is there; in the end INBOX (RFC 4314 §4, CREATE). */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public long nearest(AccountId account, String name) throws MailException {
        var checked = MailboxName.of(name);
        return Work.with(database, connection -> {
            for (var above : checked.parents().reversed()) {
                var id = MailboxRows.id(connection, account, above);
                if (id != null) {
                    return id;
                }
            }
            return id(connection, account, MailboxName.INBOX);
        });
    }

    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public MailboxInfo find(AccountId account, String name) throws MailException {
        var checked = MailboxName.of(name);
        return Work.with(database, connection -> MailboxRows.find(connection, account, checked));
    }

    /**
     * What SELECT must know.
     *
     * @param firstRecent of messages from this UID on no session was told
     */
    public record Opening(long id, @Nullable String specialUse, long modseq, long firstRecent) {}

    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Opening opening(AccountId account, String name) throws MailException {
        var checked = MailboxName.of(name);
        return Work.with(database, connection -> MailboxRows.opening(connection, account, checked));
    }

    /**
     * Makes a mailbox, with the rights of the one above it (RFC 4314 §4).
     *
     * @param another whether somebody else than the owner makes it: what is on top then has the rights of INBOX
     */
    public MailboxInfo create(AccountId account, String name, @Nullable String specialUse, boolean another)
            throws MailException {
        var checked = MailboxName.of(name);
        if (specialUse != null && !SPECIAL_USES.contains(specialUse)) {
            throw new MailException(Reason.BAD_NAME, "There is no such special use");
        }
        return Work.with(database, connection -> {
            make(connection, account, checked, specialUse, another);
            changes.fire(MailboxChanged.names(account));
            return MailboxRows.find(connection, account, checked);
        });
    }

    private static void make(
            Connection connection, AccountId account, MailboxName name, @Nullable String specialUse, boolean another)
            throws SQLException, MailException {
        var above = another ? MailboxName.INBOX.text() : null;
        for (var parent : name.parents()) {
            insert(connection, account, parent, null, above);
            above = parent;
        }
        if (!insert(connection, account, name.text(), specialUse, above)) {
            throw new MailException(Reason.MAILBOX_EXISTS, "The mailbox exists");
        }
        if (MailboxRows.count(connection, account) > MOST) {
            throw new MailException(Reason.LIMIT, "An account has at most " + MOST + " mailboxes");
        }
    }

    /** @param above whose rights it inherits, or null */
    private static boolean insert(
            Connection connection, AccountId account, String name, @Nullable String specialUse, @Nullable String above)
            throws SQLException {
        try (var insert = connection.prepareStatement("""
                INSERT INTO mailbox (account_id, name, special_use, uid_validity)
                VALUES (?, ?, ?, nextval('uid_validity')) ON CONFLICT (account_id, name) DO NOTHING""")) {
            insert.setLong(1, account.value());
            insert.setString(2, name);
            insert.setString(3, specialUse);
            if (insert.executeUpdate() == 0) {
                return false;
            }
        }
        if (above != null) {
            inherit(connection, account, name, above);
        }
        return true;
    }

    private static void inherit(Connection connection, AccountId account, String name, String above)
            throws SQLException {
        try (var update = connection.prepareStatement("""
                WITH family AS (
                    SELECT p.id AS above, m.id FROM mailbox p JOIN mailbox m ON m.account_id = p.account_id AND m.name = ?
                    WHERE p.account_id = ? AND p.name = ? AND p.acl_version > 0),
                shared AS (
                    INSERT INTO mailbox_right (mailbox_id, account_id, group_id, negative, rights)
                    SELECT f.id, r.account_id, r.group_id, r.negative, r.rights
                    FROM family f JOIN mailbox_right r ON r.mailbox_id = f.above)
                UPDATE mailbox m SET acl_version = 1 FROM family f WHERE m.id = f.id""")) {
            update.setString(1, name);
            update.setLong(2, account.value());
            update.setString(3, above);
            update.executeUpdate();
        }
    }

    /** @param by who removes it, for the trace */
    public void delete(Actor by, AccountId account, String name) throws MailException {
        var checked = MailboxName.of(name);
        if (checked.isInbox()) {
            throw new MailException(Reason.BAD_NAME, "INBOX cannot be removed");
        }
        Work.<@Nullable Void>with(database, connection -> {
            long mailbox = id(connection, account, checked);
            LockedMailbox.lock(connection, mailbox);
            try (var delete = connection.prepareStatement("""
                    WITH gone AS (DELETE FROM mailbox_entry WHERE mailbox_id = ? RETURNING uid, message_id),
                    %s INSERT INTO message_release (message_id) SELECT message_id FROM gone""".formatted(Sequel.sql("gone")))) {
                delete.setLong(1, mailbox);
                Sequel.of(Kind.DELETED, by).reply("the mailbox was removed").bind(delete, 2, mailbox);
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

    /** @param by who gives it another name, for the trace */
    public void rename(Actor by, AccountId account, String from, String to) throws MailException {
        var old = MailboxName.of(from);
        var fresh = MailboxName.of(to);
        if (fresh.text().startsWith(old.below()) && !old.isInbox()) {
            throw new MailException(Reason.BAD_NAME, "A mailbox cannot move below itself");
        }
        Work.<@Nullable Void>with(database, connection -> {
            if (old.isInbox()) {
                emptyInbox(connection, by, fresh);
            } else {
                move(connection, account, old, fresh);
            }
            changes.fire(MailboxChanged.names(account));
            return null;
        });
    }

    /** RFC 9051 §6.3.6: INBOX gives its messages to the new mailbox and stays; what is below it stays too. */
    private void emptyInbox(Connection connection, Actor by, MailboxName fresh) throws SQLException, MailException {
        var account = by.account();
        long inbox = id(connection, account, MailboxName.INBOX);
        make(connection, account, fresh, null, false);
        long target = id(connection, account, fresh);
        var boxes = LockedMailbox.lock(connection, inbox, target);
        var flags = new CopiedFlags(Access.own(inbox, by), Access.own(target, by));
        Annotations.copy(connection, inbox, target);
        Copies.transfer(connection, boxes.get(0), boxes.get(1), UidSet.ALL, Sequel.of(Kind.MOVED, by), flags);
        changes.fire(new MailboxChanged(inbox));
        changes.fire(new MailboxChanged(target));
    }

    private static void move(Connection connection, AccountId account, MailboxName old, MailboxName fresh)
            throws SQLException, MailException {
        id(connection, account, old);
        String above = null;
        for (var parent : fresh.parents()) {
            insert(connection, account, parent, null, above);
            above = parent;
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

    /**
     * Takes the \Recent of what no session was told of. Nobody waits for the disk: what a crash takes back is claimed once more.
     *
     * @return from which UID on that is; {@code uidNext} where everything below was claimed before
     */
    public long claimRecent(long mailbox, long uidNext) throws MailException {
        return Work.with(database, connection -> {
            try (var update = connection.prepareStatement("""
                    WITH held AS
                        (SELECT id, first_recent FROM mailbox WHERE id = ? AND first_recent < ? FOR NO KEY UPDATE)
                    UPDATE mailbox m SET first_recent = ? FROM held h WHERE m.id = h.id
                    RETURNING h.first_recent, set_config('synchronous_commit', 'off', true)""")) {
                update.setLong(1, mailbox);
                update.setLong(2, uidNext);
                update.setLong(3, uidNext);
                try (var rows = update.executeQuery()) {
                    return rows.next() ? rows.getLong(1) : uidNext;
                }
            }
        });
    }

    static long id(Connection connection, AccountId account, MailboxName name) throws SQLException, MailException {
        var id = MailboxRows.id(connection, account, name.text());
        if (id == null) {
            throw new MailException(Reason.NO_SUCH_MAILBOX, "No such mailbox");
        }
        return id;
    }
}
