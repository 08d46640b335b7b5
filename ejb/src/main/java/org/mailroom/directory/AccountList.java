package org.mailroom.directory;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Accounts as people look at them, a page at a time. A projection in SQL: one statement brings what would be five entities
 * an account, and the sums come from rows that the store keeps exact.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class AccountList {
    private static final String FROM = " FROM account JOIN domain home ON home.id = account.domain_id";

    private static final String SELECT = """
            SELECT account.local_part, home.name, account.display_name, account.enabled, used.octets, account.quota_octets,
                   used.messages, account.quota_messages, account.created,
                   ARRAY(SELECT alias.local_part FROM alias JOIN domain ON domain.id = alias.domain_id
                          WHERE alias.account_id = account.id ORDER BY domain.name, alias.local_part),
                   ARRAY(SELECT domain.name FROM alias JOIN domain ON domain.id = alias.domain_id
                          WHERE alias.account_id = account.id ORDER BY domain.name, alias.local_part),
                   ARRAY(SELECT DISTINCT role FROM account_role WHERE account_id = account.id ORDER BY role),
                   account.expires, account.removal
            """ + FROM + """

                     CROSS JOIN LATERAL (SELECT coalesce(sum(octets), 0) AS octets, coalesce(sum(messages), 0) AS messages
                                           FROM mailbox WHERE account_id = account.id) used""";

    private static final String MATCHES =
            " WHERE account.kind = 'person' AND (account.local_part || '@' || home.name ILIKE ? OR account.display_name ILIKE ?)"
                    + " AND (?::text[] IS NULL OR home.name = ANY(?::text[]))";

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    /** One account; what is null has no limit, and what ends at null does not end. */
    public record Listed(
            String address,
            String displayName,
            boolean enabled,
            long octets,
            @Nullable Long quotaOctets,
            long messages,
            @Nullable Long quotaMessages,
            List<String> aliases,
            List<String> roles,
            Instant created,
            @Nullable Instant expires,
            @Nullable Instant removal) {
        public Listed {
            aliases = List.copyOf(aliases);
            roles = List.copyOf(roles);
        }
    }

    /**
     * Those with the text in address or name, by domain and local part.
     *
     * @param domains in which they live; null: all
     */
    public List<Listed> list(String filter, @Nullable Set<String> domains, int offset, int limit) {
        var pattern = pattern(filter);
        return query(
                SELECT + MATCHES + " ORDER BY home.name, account.local_part OFFSET ? LIMIT ?",
                pattern,
                pattern,
                array(domains),
                array(domains),
                offset,
                limit);
    }

    public Optional<Listed> find(MailAddress address) {
        return query(SELECT + " WHERE account.local_part = ? AND home.name = ?", address.key(), address.domain())
                .stream()
                .findFirst();
    }

    public long count(String filter, @Nullable Set<String> domains) {
        var pattern = pattern(filter);
        boolean all = filter.isBlank() && domains == null;
        var sql = all ? "SELECT count(*) FROM account WHERE kind = 'person'" : "SELECT count(*)" + FROM + MATCHES;
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            if (!all) {
                statement.setString(1, pattern);
                statement.setString(2, pattern);
                statement.setObject(3, array(domains));
                statement.setObject(4, array(domains));
            }
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the directory does not answer", e);
        }
    }

    /** The text itself: its wildcards mean nothing. */
    private static String pattern(String filter) {
        var text = filter.strip().replace("\0", "");
        return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }

    /** As PostgreSQL writes an array; names of domains need no quotes. */
    private static @Nullable String array(@Nullable Set<String> domains) {
        return domains == null ? null : "{" + String.join(",", domains) + "}";
    }

    private List<Listed> query(String sql, @Nullable Object... values) {
        try (var connection = database.getConnection()) {
            return read(connection, sql, values);
        } catch (SQLException e) {
            throw new IllegalStateException("the directory does not answer", e);
        }
    }

    private static List<Listed> read(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            var found = new ArrayList<Listed>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(account(rows));
                }
            }
            return found;
        }
    }

    private static Listed account(ResultSet row) throws SQLException {
        var localParts = texts(row, 10);
        var domains = texts(row, 11);
        var aliases = new ArrayList<String>();
        for (int i = 0; i < localParts.size(); i++) {
            aliases.add(new MailAddress(localParts.get(i), domains.get(i)).toString());
        }
        return new Listed(
                new MailAddress(row.getString(1), row.getString(2)).toString(),
                row.getString(3),
                row.getBoolean(4),
                row.getLong(5),
                row.getObject(6, Long.class),
                row.getLong(7),
                row.getObject(8, Long.class),
                aliases,
                texts(row, 12),
                row.getTimestamp(9).toInstant(),
                time(row, 13),
                time(row, 14));
    }

    private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
        var at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    private static List<String> texts(ResultSet row, int column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
