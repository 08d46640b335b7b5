package org.mailroom.mailbox;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
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
import org.mailroom.contract.store.Annotation;
import org.mailroom.contract.store.MailStore.Annotated;

/**
 * Annotations of mailboxes and, for the account, of the server (RFC 5464). Private ones are rows of the account that made them,
 * shared ones rows of the mailbox's owner.
 */
@Stateless
public class Annotations {
    private static final int MOST = 100;
    private static final int MOST_AT_ONCE = 10_000;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Event<MailboxChanged> changes;

    public Annotations() {}

    Annotations(DataSource database, Event<MailboxChanged> changes) {
        this.database = database;
        this.changes = changes;
    }

    /**
     * Those of these names, and all below them.
     *
     * @param mailbox null: of the server
     * @param owner whose shared ones; of the server there are none
     */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<Annotation> read(AccountId account, @Nullable Long mailbox, AccountId owner, List<String> entries)
            throws MailException {
        return Work.with(database, connection -> {
            try (var query = connection.prepareStatement("""
                    SELECT entry, value FROM annotation a
                    WHERE (account_id = ? AND starts_with(entry, '/private/') OR account_id = ? AND starts_with(entry, '/shared/'))
                        AND mailbox_id IS NOT DISTINCT FROM ?
                        AND EXISTS (SELECT FROM unnest(?::text[]) AS e (name)
                            WHERE a.entry = e.name OR starts_with(a.entry, e.name || '/'))
                    ORDER BY entry""")) {
                query.setLong(1, account.value());
                query.setLong(2, owner.value());
                query.setObject(3, mailbox, Types.BIGINT);
                query.setArray(4, connection.createArrayOf("text", entries.toArray()));
                var found = new ArrayList<Annotation>();
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.add(new Annotation(rows.getString(1), rows.getBytes(2)));
                    }
                }
                return found;
            }
        });
    }

    /** Those of the account, and the shared ones of some mailboxes of others. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<Annotated> digests(AccountId account, List<Long> others) throws MailException {
        return Work.with(database, connection -> {
            try (var query = connection.prepareStatement("""
                    SELECT coalesce(mailbox_id, ?), entry, encode(sha256(value), 'hex') FROM annotation
                    WHERE account_id = ? OR mailbox_id = ANY (?) AND starts_with(entry, '/shared/')
                    ORDER BY 1, 2 LIMIT ?""")) {
                query.setLong(1, Annotated.OF_SERVER);
                query.setLong(2, account.value());
                query.setArray(3, connection.createArrayOf("bigint", others.toArray()));
                query.setInt(4, MOST_AT_ONCE);
                var found = new ArrayList<Annotated>();
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.add(new Annotated(rows.getLong(1), rows.getString(2), rows.getString(3)));
                    }
                }
                return found;
            }
        });
    }

    /** Sets all or none; a value of null removes. */
    public void write(AccountId account, @Nullable Long mailbox, AccountId owner, List<Annotation> wished)
            throws MailException {
        Work.<@Nullable Void>with(database, connection -> {
            if (mailbox != null) {
                LockedMailbox.lock(connection, mailbox);
            }
            for (var change : wished) {
                var whose = change.isShared() ? owner : account;
                write(connection, whose, mailbox, change);
                check(connection, whose, mailbox);
            }
            tell(account, mailbox, owner, wished.stream().anyMatch(Annotation::isShared));
            return null;
        });
    }

    /** Those who share another's mailbox hear of it as of any change in it. */
    private void tell(AccountId account, @Nullable Long mailbox, AccountId owner, boolean shared) {
        changes.fire(MailboxChanged.names(account));
        if (shared && mailbox != null) {
            changes.fire(MailboxChanged.names(owner));
            changes.fire(new MailboxChanged(mailbox));
        }
    }

    private static void write(Connection connection, AccountId whose, @Nullable Long mailbox, Annotation change)
            throws SQLException {
        var sql = change.value() == null
                ? "DELETE FROM annotation WHERE account_id = ? AND mailbox_id IS NOT DISTINCT FROM ? AND entry = ?"
                : """
                INSERT INTO annotation (account_id, mailbox_id, entry, value) VALUES (?, ?, ?, ?)
                ON CONFLICT (account_id, mailbox_id, entry) DO UPDATE SET value = excluded.value""";
        try (var update = connection.prepareStatement(sql)) {
            bind(update, whose, mailbox);
            update.setString(3, change.entry());
            if (change.value() != null) {
                update.setBytes(4, change.value());
            }
            update.executeUpdate();
        }
    }

    private static void check(Connection connection, AccountId whose, @Nullable Long mailbox)
            throws SQLException, MailException {
        try (var query = connection.prepareStatement(
                "SELECT count(*) FROM annotation WHERE account_id = ? AND mailbox_id IS NOT DISTINCT FROM ?")) {
            bind(query, whose, mailbox);
            try (var rows = query.executeQuery()) {
                rows.next();
                if (rows.getLong(1) > MOST) {
                    throw new MailException(Reason.LIMIT, "There are at most " + MOST + " annotations");
                }
            }
        }
    }

    private static void bind(PreparedStatement statement, AccountId whose, @Nullable Long mailbox) throws SQLException {
        statement.setLong(1, whose.value());
        statement.setObject(2, mailbox, Types.BIGINT);
    }

    /** RFC 5464 §4.1: INBOX keeps its annotations, and the mailbox that takes its messages has them too. */
    static void copy(Connection connection, long from, long to) throws SQLException {
        try (var insert = connection.prepareStatement("""
                INSERT INTO annotation (account_id, mailbox_id, entry, value)
                SELECT account_id, ?, entry, value FROM annotation WHERE mailbox_id = ?""")) {
            insert.setLong(1, to);
            insert.setLong(2, from);
            insert.executeUpdate();
        }
    }
}
