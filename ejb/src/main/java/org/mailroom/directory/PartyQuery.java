package org.mailroom.directory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.mailroom.contract.AccountId;

/** What rights ask of the directory's tables: who is meant, and who belongs to whom. */
final class PartyQuery {
    private static final String ACCOUNT = """
            SELECT a.id, NULL::bigint, a.local_part, d.name, a.kind = 'shared'
            FROM account a JOIN domain d ON d.id = a.domain_id""";

    private static final String GROUP = """
            SELECT NULL::bigint, g.id, g.local_part, d.name, false FROM mail_group g JOIN domain d ON d.id = g.domain_id""";

    /** Members are kept as addresses: of the account, its aliases, and other groups. Circles end, because a row comes once. */
    private static final String GROUPS = """
            WITH RECURSIVE own (address) AS (
                SELECT a.local_part || '@' || d.name FROM account a JOIN domain d ON d.id = a.domain_id WHERE a.id = ?
                UNION ALL
                SELECT a.local_part || '@' || d.name FROM alias a JOIN domain d ON d.id = a.domain_id WHERE a.account_id = ?),
            member (id) AS (
                SELECT m.group_id FROM own JOIN group_member m ON lower(m.address) = own.address
                UNION
                SELECT above.group_id FROM member
                JOIN mail_group g ON g.id = member.id JOIN domain d ON d.id = g.domain_id
                JOIN group_member above ON lower(above.address) = g.local_part || '@' || d.name)
            SELECT id FROM member""";

    private final DataSource database;

    PartyQuery(DataSource database) {
        this.database = database;
    }

    @FunctionalInterface
    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    Optional<Party> account(AccountId account) throws SQLException {
        return one(ACCOUNT + " WHERE a.id = ?", query -> query.setLong(1, account.value()));
    }

    Optional<Party> group(long group) throws SQLException {
        return one(GROUP + " WHERE g.id = ?", query -> query.setLong(1, group));
    }

    /** An account's own address wins over an alias, and that over a group. */
    Optional<Party> named(MailAddress address) throws SQLException {
        Binding names = query -> {
            query.setString(1, address.key().replace('\0', '\uFFFD'));
            query.setString(2, address.domain());
        };
        var own = one(ACCOUNT + " WHERE a.local_part = ? AND d.name = ?", names);
        if (own.isPresent()) {
            return own;
        }
        var alias = one(ACCOUNT + """
                 JOIN alias o ON o.account_id = a.id JOIN domain od ON od.id = o.domain_id
                WHERE o.local_part = ? AND od.name = ?""", names);
        return alias.isPresent() ? alias : one(GROUP + " WHERE g.local_part = ? AND d.name = ?", names);
    }

    Set<Long> groups(AccountId account) throws SQLException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(GROUPS)) {
            query.setLong(1, account.value());
            query.setLong(2, account.value());
            var groups = new HashSet<Long>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    groups.add(rows.getLong(1));
                }
            }
            return Set.copyOf(groups);
        }
    }

    /** Under whose addresses the account may send; as it is wins over on behalf. */
    Map<AccountId, SendWay> sendWays(AccountId account, Set<Long> groups) throws SQLException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(
                        "SELECT owner_id, min(way) FROM send_right WHERE account_id = ? OR group_id = ANY (?) GROUP BY 1")) {
            query.setLong(1, account.value());
            query.setArray(2, connection.createArrayOf("bigint", groups.toArray()));
            var ways = new HashMap<AccountId, SendWay>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    ways.put(new AccountId(rows.getLong(1)), SendWay.of(rows.getString(2)));
                }
            }
            return Map.copyOf(ways);
        }
    }

    private Optional<Party> one(String sql, Binding binding) throws SQLException {
        try (Connection connection = database.getConnection();
                var query = connection.prepareStatement(sql)) {
            binding.bind(query);
            try (var rows = query.executeQuery()) {
                return rows.next() ? Optional.of(party(rows)) : Optional.empty();
            }
        }
    }

    private static Party party(ResultSet row) throws SQLException {
        var account = row.getObject(1, Long.class);
        return new Party(
                account == null ? null : new AccountId(account),
                row.getObject(2, Long.class),
                new MailAddress(row.getString(3), row.getString(4)).toString(),
                row.getBoolean(5));
    }
}
