package org.mailroom.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.mailroom.contract.AccountId;

/**
 * What mail asks of the directory's tables, each in one round trip. Plain SQL: the answers are single values that no one
 * changes, and the entities would be read only to be thrown away.
 */
final class DirectoryQuery {
    private final DataSource database;

    DirectoryQuery(DataSource database) {
        this.database = database;
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** An account's own address wins over an alias, should both exist. */
    Resolution resolve(MailAddress address) throws SQLException {
        var sql = """
                SELECT account.id, account.enabled, account.local_part, home.name
                  FROM domain
                  LEFT JOIN account own ON own.domain_id = domain.id AND own.local_part = ?
                  LEFT JOIN alias ON alias.domain_id = domain.id AND alias.local_part = ?
                  JOIN account ON account.id = coalesce(own.id, alias.account_id)
                  JOIN domain home ON home.id = account.domain_id
                 WHERE domain.name = ?""";
        return first(sql, DirectoryQuery::account, address.key(), address.key(), address.domain())
                .orElseGet(Resolution.Unknown::new);
    }

    private static Resolution account(ResultSet row) throws SQLException {
        var id = new AccountId(row.getLong(1));
        var address = new MailAddress(row.getString(3), row.getString(4)).toString();
        return row.getBoolean(2) ? new Resolution.Local(id, address) : new Resolution.Disabled(id, address);
    }

    boolean isOurs(String domain) throws SQLException {
        return first("SELECT 1 FROM domain WHERE name = ?", row -> true, domain).isPresent();
    }

    Optional<String> route(String domain) throws SQLException {
        return first("SELECT target FROM route WHERE domain = ?", row -> row.getString(1), domain);
    }

    Optional<String> oldestDomain() throws SQLException {
        return first("SELECT name FROM domain ORDER BY id LIMIT 1", row -> row.getString(1));
    }

    Optional<String> address(AccountId account) throws SQLException {
        return first(
                "SELECT local_part, name FROM account JOIN domain ON domain.id = domain_id WHERE account.id = ?",
                row -> new MailAddress(row.getString(1), row.getString(2)).toString(),
                account.value());
    }

    private <T> Optional<T> first(String sql, Reader<T> reader, Object... values) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                // The wire's text may hold NUL, which PostgreSQL has no place for and nobody's name contains.
                statement.setObject(i + 1, values[i] instanceof String text ? text.replace('\0', '\uFFFD') : values[i]);
            }
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.of(reader.read(row)) : Optional.empty();
            }
        }
    }
}
