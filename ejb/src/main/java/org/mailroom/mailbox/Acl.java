package org.mailroom.mailbox;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.store.Rights;

/**
 * Who may do what with a mailbox (RFC 4314 §2). Its owner may do everything, and has no entry. Who is named several times has
 * the rights of all entries that mean him, less those that a negative entry takes away.
 */
public record Acl(AccountId owner, List<Entry> entries) {
    public Acl {
        entries = List.copyOf(entries);
    }

    /** An entry. */
    public record Entry(Grantee to, boolean negative, Rights rights) {}

    /**
     * Who is meant; neither account nor group is anyone.
     *
     * @param group its number in the directory
     */
    public record Grantee(
            @Nullable AccountId account, @Nullable Long group) {
        public static final Grantee ANYONE = new Grantee(null, null);

        public static Grantee of(AccountId account) {
            return new Grantee(account, null);
        }

        public static Grantee of(long group) {
            return new Grantee(null, group);
        }

        boolean means(AccountId who, Set<Long> groups) {
            return account == null && group == null || who.equals(account) || group != null && groups.contains(group);
        }
    }

    /** @param groups of which the account is a member */
    public Rights rights(AccountId account, Set<Long> groups) {
        if (account.equals(owner)) {
            return Rights.ALL;
        }
        var given = Rights.NONE;
        var taken = Rights.NONE;
        for (var entry : entries) {
            if (entry.to.means(account, groups)) {
                given = entry.negative ? given : given.and(entry.rights);
                taken = entry.negative ? taken.and(entry.rights) : taken;
            }
        }
        return given.without(taken);
    }

    /** The entries of mailboxes, in the order in which they were made. */
    static Map<Long, List<Entry>> read(Connection connection, List<Long> mailboxes) throws SQLException {
        try (var query = connection.prepareStatement("""
                SELECT mailbox_id, account_id, group_id, negative, rights FROM mailbox_right
                WHERE mailbox_id = ANY (?) ORDER BY id""")) {
            Array ids = connection.createArrayOf("bigint", mailboxes.toArray());
            query.setArray(1, ids);
            var found = new HashMap<Long, List<Entry>>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    found.computeIfAbsent(rows.getLong(1), id -> new ArrayList<>())
                            .add(entry(rows));
                }
            }
            return found;
        }
    }

    private static Entry entry(ResultSet rows) throws SQLException {
        var account = rows.getObject(2, Long.class);
        var to = new Grantee(account == null ? null : new AccountId(account), rows.getObject(3, Long.class));
        return new Entry(to, rows.getBoolean(4), Rights.parse(rows.getString(5)).orElse(Rights.NONE));
    }
}
