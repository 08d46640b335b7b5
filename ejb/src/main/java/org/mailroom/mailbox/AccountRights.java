package org.mailroom.mailbox;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.store.Rights;
import org.mailroom.mailbox.Acl.Grantee;

/** Rights in all mailboxes of an account at once, as administrators give them; in the caller's transaction. */
@ApplicationScoped
public class AccountRights {
    private static final String THEIRS =
            " r.account_id IS NOT DISTINCT FROM ? AND r.group_id IS NOT DISTINCT FROM ? AND NOT r.negative";

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Event<MailboxChanged> changes;

    public AccountRights() {}

    AccountRights(DataSource database, Event<MailboxChanged> changes) {
        this.database = database;
        this.changes = changes;
    }

    /**
     * Locks the mailboxes of all these accounts, in order of id and before any account: for a transaction that gives rights in
     * some of them and changes accounts, too.
     */
    public void hold(List<AccountId> owners) {
        try (var connection = database.getConnection();
                var lock = connection.prepareStatement(
                        "SELECT id FROM mailbox WHERE account_id = ANY (?) ORDER BY id FOR NO KEY UPDATE")) {
            lock.setArray(
                    1,
                    connection.createArrayOf(
                            "bigint", owners.stream().map(AccountId::value).toArray()));
            lock.executeQuery().close();
        } catch (SQLException e) {
            throw new IllegalStateException("mailboxes of shared accounts were not locked", e);
        }
    }

    /** Replaces what somebody may do in the account's mailboxes. */
    public void give(AccountId owner, Grantee to, Rights rights) throws MailException {
        Work.<@Nullable Void>with(database, connection -> {
            var mailboxes = held(connection, owner);
            try (var delete = connection.prepareStatement(
                    "DELETE FROM mailbox_right r WHERE r.mailbox_id = ANY (?) AND" + THEIRS)) {
                bind(delete, mailboxes, to);
                delete.executeUpdate();
            }
            if (!rights.isEmpty()) {
                insert(connection, mailboxes, to, rights);
            }
            try (var update = connection.prepareStatement(
                    "UPDATE mailbox SET acl_version = acl_version + 1 WHERE id = ANY (?)")) {
                update.setArray(1, connection.createArrayOf("bigint", mailboxes.toArray()));
                update.executeUpdate();
            }
            mailboxes.forEach(mailbox -> changes.fire(new MailboxChanged(mailbox)));
            if (to.account() != null) {
                changes.fire(MailboxChanged.names(to.account()));
            }
            return null;
        });
    }

    /** Removes the mailboxes of an account that has no message. */
    public void removeMailboxes(AccountId owner) throws MailException {
        Work.<@Nullable Void>with(database, connection -> {
            var mailboxes = held(connection, owner);
            try (var delete =
                    connection.prepareStatement("DELETE FROM mailbox WHERE account_id = ? AND messages = 0")) {
                delete.setLong(1, owner.value());
                if (delete.executeUpdate() < mailboxes.size()) {
                    throw new MailException(Reason.IN_USE, "A message came this moment; look again");
                }
            }
            mailboxes.forEach(mailbox -> changes.fire(new MailboxChanged(mailbox)));
            return null;
        });
    }

    /** Removes all mailboxes of an account with all that is in them, and tells how many messages that were. */
    public long purge(AccountId owner) {
        try (var connection = database.getConnection()) {
            var gone = held(connection, owner);
            long messages;
            try (var release = connection.prepareStatement("""
                    WITH gone AS (DELETE FROM mailbox_entry WHERE mailbox_id = ANY(?) RETURNING message_id)
                    INSERT INTO message_release (message_id) SELECT message_id FROM gone""")) {
                release.setArray(1, connection.createArrayOf("bigint", gone.toArray()));
                messages = release.executeUpdate();
            }
            try (var delete = connection.prepareStatement("DELETE FROM mailbox WHERE account_id = ?")) {
                delete.setLong(1, owner.value());
                delete.executeUpdate();
            }
            gone.forEach(mailbox -> changes.fire(new MailboxChanged(mailbox)));
            return messages;
        } catch (SQLException e) {
            throw new IllegalStateException("mailboxes of account " + owner.value() + " stay", e);
        }
    }

    private static List<Long> held(Connection connection, AccountId owner) throws SQLException {
        try (var query = connection.prepareStatement(
                "SELECT id FROM mailbox WHERE account_id = ? ORDER BY id FOR NO KEY UPDATE")) {
            query.setLong(1, owner.value());
            var ids = new ArrayList<Long>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
            return ids;
        }
    }

    private static void insert(Connection connection, List<Long> mailboxes, Grantee to, Rights rights)
            throws SQLException {
        try (var insert = connection.prepareStatement("""
                INSERT INTO mailbox_right (mailbox_id, account_id, group_id, rights)
                SELECT id, ?, ?, ? FROM unnest(?::bigint[]) AS m (id)""")) {
            insert.setObject(1, to.account() == null ? null : to.account().value(), Types.BIGINT);
            insert.setObject(2, to.group(), Types.BIGINT);
            insert.setString(3, rights.letters());
            insert.setArray(4, connection.createArrayOf("bigint", mailboxes.toArray()));
            insert.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, List<Long> mailboxes, Grantee to) throws SQLException {
        statement.setArray(1, statement.getConnection().createArrayOf("bigint", mailboxes.toArray()));
        statement.setObject(2, to.account() == null ? null : to.account().value(), Types.BIGINT);
        statement.setObject(3, to.group(), Types.BIGINT);
    }
}
