package org.mailroom.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.mailroom.contract.AccountId;

/**
 * What mail asks of the directory's tables, each in one round trip. Plain SQL: the answers are single values that no one
 * changes, and the entities would be read only to be thrown away.
 */
final class DirectoryQuery {
    private static final System.Logger LOG = System.getLogger(DirectoryQuery.class.getName());

    private final DataSource database;

    DirectoryQuery(DataSource database) {
        this.database = database;
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** An account's own address wins over an alias, and that over a group, should several exist. */
    Resolution resolve(MailAddress address) throws SQLException {
        var sql = """
                SELECT account.id, account.enabled, account.local_part, home.name, forward.keeps_copy,
                       ARRAY(SELECT address FROM forward_target WHERE account_id = forward.account_id ORDER BY id),
                       alias.id, ARRAY(SELECT address FROM alias_target WHERE alias_id = alias.id ORDER BY id),
                       party.display_name, coalesce(party.owner, 'postmaster@' || domain.name), party.who_may_send,
                       ARRAY(SELECT address FROM group_member WHERE group_id = party.id ORDER BY id),
                       ARRAY(SELECT address FROM group_moderator WHERE group_id = party.id ORDER BY address)
                  FROM domain
                  LEFT JOIN account own ON own.domain_id = domain.id AND own.local_part = ?
                  LEFT JOIN alias ON alias.domain_id = domain.id AND alias.local_part = ?
                  LEFT JOIN mail_group party ON party.domain_id = domain.id AND party.local_part = ?
                  LEFT JOIN account ON account.id = coalesce(own.id, alias.account_id)
                  LEFT JOIN domain home ON home.id = account.domain_id
                  LEFT JOIN forward ON forward.account_id = account.id
                 WHERE domain.name = ? AND coalesce(account.id, alias.id, party.id) IS NOT NULL""";
        var key = address.key();
        return first(sql, row -> somebody(row, address), key, key, key, address.domain())
                .orElseGet(Resolution.Unknown::new);
    }

    private static Resolution somebody(ResultSet row, MailAddress address) throws SQLException {
        if (row.getObject(1) != null) {
            return account(row);
        }
        if (row.getObject(7) != null) {
            return new Resolution.Aliased(address.toString(), texts(row, 8));
        }
        return new Resolution.Group(
                address.toString(),
                row.getString(9),
                row.getString(10),
                WhoMaySend.of(row.getString(11)),
                texts(row, 13),
                texts(row, 12));
    }

    private static Resolution account(ResultSet row) throws SQLException {
        var id = new AccountId(row.getLong(1));
        var address = new MailAddress(row.getString(3), row.getString(4)).toString();
        if (!row.getBoolean(2)) {
            return new Resolution.Disabled(id, address);
        }
        var targets = texts(row, 6);
        return new Resolution.Local(
                id, address, targets.isEmpty() ? null : new Resolution.Forwarding(row.getBoolean(5), targets));
    }

    private static List<String> texts(ResultSet row, int column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    Place place(String domain) throws SQLException {
        var sql = """
                SELECT domain.name, domain.kind, catch_all.target,
                       ARRAY(SELECT pattern FROM address_rewrite WHERE domain_id = domain.id ORDER BY rank, id),
                       ARRAY(SELECT regular::text FROM address_rewrite WHERE domain_id = domain.id ORDER BY rank, id),
                       ARRAY(SELECT target FROM address_rewrite WHERE domain_id = domain.id ORDER BY rank, id)
                  FROM (SELECT id FROM domain WHERE name = ?
                        UNION ALL SELECT domain_id FROM alias_domain WHERE name = ?) named
                  JOIN domain USING (id) LEFT JOIN catch_all ON catch_all.domain_id = domain.id""";
        return first(sql, DirectoryQuery::place, domain, domain).orElseGet(() -> Place.others(domain));
    }

    private static Place place(ResultSet row) throws SQLException {
        var kind = "relay".equals(row.getString(2)) ? Place.Kind.RELAYED : Place.Kind.OURS;
        return new Place(kind, row.getString(1), row.getString(3), rewrites(row));
    }

    private static List<Rewrite> rewrites(ResultSet row) throws SQLException {
        var patterns = texts(row, 4);
        var regular = texts(row, 5);
        var targets = texts(row, 6);
        var rewrites = new ArrayList<Rewrite>();
        for (int i = 0; i < patterns.size(); i++) {
            try {
                rewrites.add(Rewrite.of(
                        patterns.get(i), Boolean.parseBoolean(regular.get(i)), targets.get(i), row.getString(1)));
            } catch (BadAddress e) {
                // Checked when it was put; a release that reads patterns otherwise must not stop the mail of a domain.
                LOG.log(System.Logger.Level.WARNING, "rewrite=" + patterns.get(i) + " problem=" + e.text());
            }
        }
        return rewrites;
    }

    Optional<String> oldestDomain() throws SQLException {
        return first("SELECT name FROM domain WHERE kind = 'local' ORDER BY id LIMIT 1", row -> row.getString(1));
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
