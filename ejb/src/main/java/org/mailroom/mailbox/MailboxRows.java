package org.mailroom.mailbox;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.store.MailboxInfo;
import org.mailroom.contract.store.Right;
import org.mailroom.contract.store.Rights;
import org.mailroom.mailbox.Mailboxes.OfAnother;

/** Reads what {@link Mailboxes} tells. */
final class MailboxRows {
    /** Those that name the account, one of its groups, or anyone. */
    private static final String GRANTED = """
            SELECT mailbox_id FROM mailbox_right
            WHERE NOT negative AND (account_id = ? OR group_id = ANY (?) OR account_id IS NULL AND group_id IS NULL)""";

    /** \Recent is counted only where neither none nor all is the answer. */
    private static final String INFO = """
            SELECT m.id, m.name, m.special_use, s.name IS NOT NULL, m.uid_validity, m.uid_next, m.modseq,
                m.messages, m.unseen,
                CASE WHEN m.first_recent >= m.uid_next THEN 0 WHEN m.first_recent = 1 THEN m.messages
                ELSE (SELECT count(*) FROM mailbox_entry e WHERE e.mailbox_id = m.id AND e.uid >= m.first_recent) END,
                m.octets, m.account_id
            FROM mailbox m LEFT JOIN subscription s ON s.account_id = m.account_id AND s.name = m.name
            """;

    private static final String OF = INFO + "WHERE m.account_id = ? ";

    private MailboxRows() {}

    static List<MailboxInfo> all(Connection connection, AccountId account) throws SQLException {
        try (var query = connection.prepareStatement(OF + "ORDER BY m.name <> 'INBOX', m.name COLLATE \"C\"")) {
            query.setLong(1, account.value());
            var all = new ArrayList<MailboxInfo>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    all.add(info(rows));
                }
            }
            return all;
        }
    }

    static List<OfAnother> ofOthers(Connection connection, AccountId account, Set<Long> groups) throws SQLException {
        try (var query = connection.prepareStatement(INFO + "WHERE m.account_id <> ? AND m.id IN (" + GRANTED
                + ") ORDER BY m.account_id, m.name <> 'INBOX', m.name COLLATE \"C\"")) {
            query.setLong(1, account.value());
            query.setLong(2, account.value());
            query.setArray(3, connection.createArrayOf("bigint", groups.toArray()));
            var found = new ArrayList<OfAnother>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(new OfAnother(new AccountId(rows.getLong(12)), info(rows)));
                }
            }
            return found.isEmpty() ? found : visible(connection, found, account, groups);
        }
    }

    private static List<OfAnother> visible(
            Connection connection, List<OfAnother> granted, AccountId account, Set<Long> groups) throws SQLException {
        var entries = Acl.read(
                connection, granted.stream().map(one -> one.info().id()).toList());
        var visible = new ArrayList<OfAnother>();
        for (var one : granted) {
            var info = one.info();
            var rights = new Acl(one.owner(), entries.getOrDefault(info.id(), List.of())).rights(account, groups);
            if (rights.has(Right.LOOKUP)) {
                visible.add(new OfAnother(one.owner(), info.seenBy(rights, info.name(), false)));
            }
        }
        return visible;
    }

    static @Nullable Long id(Connection connection, AccountId account, String name) throws SQLException {
        try (var query = connection.prepareStatement("SELECT id FROM mailbox WHERE account_id = ? AND name = ?")) {
            query.setLong(1, account.value());
            query.setString(2, name);
            try (var rows = query.executeQuery()) {
                return rows.next() ? rows.getLong(1) : null;
            }
        }
    }

    static MailboxInfo find(Connection connection, AccountId account, MailboxName name)
            throws SQLException, MailException {
        try (var query = connection.prepareStatement(OF + "AND m.name = ?")) {
            query.setLong(1, account.value());
            query.setString(2, name.text());
            try (var rows = query.executeQuery()) {
                if (!rows.next()) {
                    throw new MailException(Reason.NO_SUCH_MAILBOX, "No such mailbox");
                }
                return info(rows);
            }
        }
    }

    static Mailboxes.Opening opening(Connection connection, AccountId account, MailboxName name)
            throws SQLException, MailException {
        try (var query = connection.prepareStatement("""
                SELECT id, special_use, modseq, first_recent FROM mailbox
                WHERE account_id = ? AND name = ?""")) {
            query.setLong(1, account.value());
            query.setString(2, name.text());
            try (var rows = query.executeQuery()) {
                if (!rows.next()) {
                    throw new MailException(Reason.NO_SUCH_MAILBOX, "No such mailbox");
                }
                return new Mailboxes.Opening(rows.getLong(1), rows.getString(2), rows.getLong(3), rows.getLong(4));
            }
        }
    }

    private static MailboxInfo info(ResultSet rows) throws SQLException {
        return new MailboxInfo(
                rows.getLong(1),
                rows.getString(2),
                rows.getString(3),
                rows.getBoolean(4),
                rows.getLong(5),
                rows.getLong(6),
                rows.getLong(7),
                rows.getLong(8),
                rows.getLong(9),
                rows.getLong(10),
                rows.getLong(11),
                Rights.ALL);
    }

    static long count(Connection connection, AccountId account) throws SQLException {
        try (var query = connection.prepareStatement("SELECT count(*) FROM mailbox WHERE account_id = ?")) {
            query.setLong(1, account.value());
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** Mailboxes below one, by id. */
    static Map<Long, String> below(Connection connection, AccountId account, MailboxName name) throws SQLException {
        try (var query = connection.prepareStatement(
                "SELECT id, name FROM mailbox WHERE account_id = ? AND starts_with(name, ?)")) {
            query.setLong(1, account.value());
            query.setString(2, name.below());
            var below = new TreeMap<Long, String>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    below.put(rows.getLong(1), rows.getString(2));
                }
            }
            return below;
        }
    }

    /** Whether a mailbox has a name that one of those moving would take; its own is taken, too. */
    static boolean taken(Connection connection, AccountId account, MailboxName old, MailboxName fresh, long[] moving)
            throws SQLException {
        try (var query = connection.prepareStatement("""
                SELECT EXISTS (SELECT FROM mailbox a JOIN mailbox b ON b.account_id = a.account_id
                    AND b.name = ? || substr(a.name, ?)
                    WHERE a.account_id = ? AND a.id = ANY (?))""")) {
            query.setString(1, fresh.text());
            query.setInt(2, old.text().codePointCount(0, old.text().length()) + 1);
            query.setLong(3, account.value());
            query.setArray(
                    4,
                    connection.createArrayOf(
                            "bigint", LongStream.of(moving).boxed().toArray()));
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        }
    }

    static Set<String> subscriptions(Connection connection, AccountId account) throws SQLException {
        try (var query = connection.prepareStatement(
                "SELECT name FROM subscription WHERE account_id = ? ORDER BY name COLLATE \"C\"")) {
            query.setLong(1, account.value());
            var names = new LinkedHashSet<String>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names;
        }
    }
}
