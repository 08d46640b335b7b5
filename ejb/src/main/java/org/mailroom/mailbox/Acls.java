package org.mailroom.mailbox;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.store.Right;
import org.mailroom.contract.store.Rights;
import org.mailroom.contract.store.RightsChange;
import org.mailroom.mailbox.Acl.Grantee;

/** Changes who may do what with a mailbox. Sessions that have it open hear of it as of any other change. */
@Stateless
public class Acls {
    private static final int MOST = 500;

    private static final String ENTRY =
            " WHERE mailbox_id = ? AND account_id IS NOT DISTINCT FROM ? AND group_id IS NOT DISTINCT FROM ? AND negative = ?";

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Event<MailboxChanged> changes;

    public Acls() {}

    Acls(DataSource database, Event<MailboxChanged> changes) {
        this.database = database;
        this.changes = changes;
    }

    /** The owner's rights are not to be changed. */
    public void change(Access access, Grantee to, boolean negative, RightsChange change) throws MailException {
        access.rights().require(Right.ADMINISTER);
        if (access.owner().equals(to.account())) {
            throw new MailException(Reason.BAD_NAME, "The owner of a mailbox keeps all rights");
        }
        Work.<@Nullable Void>with(database, connection -> {
            LockedMailbox.lock(connection, access.mailbox()).getFirst().by(access);
            put(connection, access.mailbox(), to, negative, change);
            changes.fire(new MailboxChanged(access.mailbox()));
            if (to.account() != null) {
                changes.fire(MailboxChanged.names(to.account()));
            }
            return null;
        });
    }

    private static void put(Connection connection, long mailbox, Grantee to, boolean negative, RightsChange change)
            throws SQLException, MailException {
        var before = read(connection, mailbox, to, negative);
        var after = change.to(before == null ? Rights.NONE : before);
        if (after.isEmpty()) {
            execute(connection, "DELETE FROM mailbox_right" + ENTRY, mailbox, to, negative, null);
        } else if (before == null) {
            execute(
                    connection,
                    "INSERT INTO mailbox_right (mailbox_id, account_id, group_id, negative, rights) VALUES (?, ?, ?, ?, ?)",
                    mailbox,
                    to,
                    negative,
                    after);
            check(connection, mailbox);
        } else {
            execute(
                    connection,
                    "UPDATE mailbox_right SET rights = '" + after.letters() + "'" + ENTRY,
                    mailbox,
                    to,
                    negative,
                    null);
        }
        try (var update =
                connection.prepareStatement("UPDATE mailbox SET acl_version = acl_version + 1 WHERE id = ?")) {
            update.setLong(1, mailbox);
            update.executeUpdate();
        }
    }

    private static @Nullable Rights read(Connection connection, long mailbox, Grantee to, boolean negative)
            throws SQLException {
        try (var query = connection.prepareStatement("SELECT rights FROM mailbox_right" + ENTRY)) {
            bind(query, mailbox, to, negative);
            try (var rows = query.executeQuery()) {
                return rows.next() ? Rights.parse(rows.getString(1)).orElse(Rights.NONE) : null;
            }
        }
    }

    private static void execute(
            Connection connection, String sql, long mailbox, Grantee to, boolean negative, @Nullable Rights rights)
            throws SQLException {
        try (var update = connection.prepareStatement(sql)) {
            bind(update, mailbox, to, negative);
            if (rights != null) {
                update.setString(5, rights.letters());
            }
            update.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, long mailbox, Grantee to, boolean negative)
            throws SQLException {
        statement.setLong(1, mailbox);
        statement.setObject(2, to.account() == null ? null : to.account().value(), Types.BIGINT);
        statement.setObject(3, to.group(), Types.BIGINT);
        statement.setBoolean(4, negative);
    }

    private static void check(Connection connection, long mailbox) throws SQLException, MailException {
        try (var query = connection.prepareStatement("SELECT count(*) FROM mailbox_right WHERE mailbox_id = ?")) {
            query.setLong(1, mailbox);
            try (var rows = query.executeQuery()) {
                rows.next();
                if (rows.getLong(1) > MOST) {
                    throw new MailException(
                            Reason.LIMIT, "A mailbox is shared with at most " + MOST + " others by name");
                }
            }
        }
    }
}
