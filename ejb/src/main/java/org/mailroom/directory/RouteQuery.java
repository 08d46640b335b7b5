package org.mailroom.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The routes that concern a domain, in one round trip. */
final class RouteQuery {
    static final String COLUMNS = "domain, sender, target, tls, login, password, hold";

    private final DataSource database;
    private final RoutePasswords passwords;

    RouteQuery(DataSource database, RoutePasswords passwords) {
        this.database = database;
        this.passwords = passwords;
    }

    /** The closest first; of those for the same domains, an address before a domain before everybody. */
    List<RoutePlan> covering(String domain) throws SQLException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("SELECT " + COLUMNS + """
                         FROM route JOIN unnest(?::text[]) WITH ORDINALITY AS p(pattern, n) ON p.pattern = domain
                        ORDER BY n, position('@' IN sender) DESC, length(sender) DESC""")) {
            var patterns = DomainPattern.covering(domain.replace('\0', '\uFFFD'));
            query.setArray(1, connection.createArrayOf("text", patterns.toArray()));
            try (var rows = query.executeQuery()) {
                var plans = new ArrayList<RoutePlan>();
                while (rows.next()) {
                    plans.add(passwords.open(plan(rows)));
                }
                return plans;
            }
        }
    }

    private static RoutePlan plan(ResultSet row) throws SQLException {
        try {
            return new RoutePlan(
                    row.getString(1),
                    row.getString(2),
                    RouteTarget.parseAll(row.getString(3)),
                    RouteTls.parse(row.getString(4)),
                    row.getString(5),
                    row.getString(6),
                    RouteHold.parse(row.getString(7)));
        } catch (BadAddress e) {
            throw new SQLException("the route of " + row.getString(1) + " makes no sense", e);
        }
    }
}
