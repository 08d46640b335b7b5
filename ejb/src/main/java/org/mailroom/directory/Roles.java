package org.mailroom.directory;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.mailroom.contract.AccountId;

/** Who may do what, and in which domains. A role is either one for everywhere or one for domains. */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class Roles {
    /** Those that were granted, and those that an issuer of tokens vouches for by now. */
    private static final String HELD = """
            (SELECT account_id, role, domain_id FROM account_role
             UNION SELECT account_id, role, domain_id FROM issuer_role WHERE until > now())""";

    private static final String OF = "SELECT DISTINCT role FROM " + HELD + " r WHERE account_id = ?";

    private static final String ENABLED = "SELECT a.id FROM account a JOIN domain d ON d.id = a.domain_id"
            + " WHERE a.local_part = ? AND d.name = ? AND a.enabled";

    private static final String JOINED = """
             r JOIN account a ON a.id = r.account_id JOIN domain home ON home.id = a.domain_id
             LEFT JOIN domain d ON d.id = r.domain_id
            """;

    private static final String FROM = " FROM " + HELD + JOINED;

    private static final String ALL = "SELECT a.local_part, home.name, r.role, coalesce(d.name, '')"
            + " FROM account_role" + JOINED + " ORDER BY home.name, a.local_part, r.role, d.name";

    private static final String DOMAINS = "SELECT d.name" + FROM
            + " WHERE a.local_part = ? AND home.name = ? AND a.enabled AND d.id IS NOT NULL UNION SELECT o.name" + FROM
            + " JOIN alias_domain o ON o.domain_id = d.id WHERE a.local_part = ? AND home.name = ? AND a.enabled";

    /** Those of an issuer beyond their time, too: he may vouch for them again, and then for whoever got in meanwhile. */
    private static final String ANY = """
            SELECT r.role FROM (SELECT account_id, role, domain_id FROM account_role
             UNION ALL SELECT account_id, role, domain_id FROM issuer_role)""" + JOINED + " WHERE a.local_part = ? AND home.name = ? LIMIT 1";

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    public Roles() {}

    Roles(DataSource database) {
        this.database = database;
    }

    /** @param domain empty: everywhere */
    public record Granted(String address, String role, String domain) {}

    @FunctionalInterface
    private interface Row<T> {
        T of(ResultSet rows) throws SQLException;
    }

    /** @param always a role that everybody has */
    public Set<String> of(AccountId account, String always) {
        var roles = new TreeSet<>(query(OF, rows -> rows.getString(1), account.value()));
        roles.add(always);
        return Set.copyOf(roles);
    }

    /** Those of an account that may log in; none of another. */
    public Set<String> now(String address, String always) {
        try {
            var parsed = MailAddress.parse(address);
            return query(ENABLED, rows -> rows.getLong(1), parsed.key(), parsed.domain()).stream()
                    .findFirst()
                    .map(account -> of(new AccountId(account), always))
                    .orElse(Set.of());
        } catch (BadAddress program) {
            return Set.of();
        }
    }

    /**
     * What an issuer of tokens says of an account, in the place of what he said before.
     *
     * @param given those for a domain as {@code role@domain}; domains that are not ours are passed over
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public void vouched(AccountId account, Set<String> given, Instant until) {
        try (var connection = database.getConnection();
                var delete = connection.prepareStatement("DELETE FROM issuer_role WHERE account_id = ?");
                var insert = connection.prepareStatement("""
                        INSERT INTO issuer_role (account_id, role, domain_id, until)
                        SELECT ?, split_part(given, '@', 1), d.id, ? FROM unnest(?) given
                          LEFT JOIN domain d ON d.name = split_part(given, '@', 2)
                         WHERE given NOT LIKE '%@%' OR d.id IS NOT NULL""")) {
            delete.setLong(1, account.value());
            delete.executeUpdate();
            insert.setLong(1, account.value());
            insert.setObject(2, until.atOffset(ZoneOffset.UTC));
            insert.setArray(3, connection.createArrayOf("text", given.toArray()));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the directory does not answer", e);
        }
    }

    /** All that was granted, by address. */
    public List<Granted> all() {
        return query(
                ALL,
                rows -> new Granted(
                        new MailAddress(rows.getString(1), rows.getString(2)).toString(),
                        rows.getString(3),
                        rows.getString(4)));
    }

    /** The domains that somebody administers, with their other names. */
    public Set<String> domains(MailAddress address) {
        var key = address.key();
        var home = address.domain();
        return Set.copyOf(query(DOMAINS, rows -> rows.getString(1), key, home, key, home));
    }

    /** Whether an account was granted anything, or an issuer vouched for anything when it came from him last. */
    public boolean hasAny(MailAddress address) {
        return !query(ANY, rows -> rows.getString(1), address.key(), address.domain())
                .isEmpty();
    }

    private <T> List<T> query(String sql, Row<T> row, Object... values) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            var found = new ArrayList<T>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(row.of(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("the directory does not answer", e);
        }
    }
}
