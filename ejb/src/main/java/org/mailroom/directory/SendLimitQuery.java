package org.mailroom.directory;

import java.sql.SQLException;
import java.util.ArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;
import org.mailroom.directory.SendLimits.HourlyRate;

/** What an account may send, asked of the tables. */
record SendLimitQuery(DataSource database) {
    private static final String SQL = """
            SELECT CASE WHEN l.account_id IS NOT NULL THEN a.local_part || '@' || d.name
                        WHEN l.domain_id IS NOT NULL THEN d.name
                        ELSE (SELECT name FROM tenant WHERE id = d.tenant_id) END,
                   l.message_octets, l.recipients
              FROM account a JOIN domain d ON d.id = a.domain_id
              JOIN usage_limit l ON l.account_id = a.id OR l.domain_id = d.id OR l.tenant_id = d.tenant_id
             WHERE a.id = ? ORDER BY l.account_id NULLS LAST, l.domain_id NULLS LAST""";

    SendLimits of(AccountId account) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(SQL)) {
            statement.setLong(1, account.value());
            @Nullable Long messageOctets = null;
            var rates = new ArrayList<HourlyRate>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    messageOctets = messageOctets == null ? rows.getObject(2, Long.class) : messageOctets;
                    if (rows.getObject(3) != null) {
                        rates.add(new HourlyRate(rows.getString(1), rows.getInt(3)));
                    }
                }
            }
            return messageOctets == null && rates.isEmpty() ? SendLimits.NONE : new SendLimits(messageOctets, rates);
        }
    }
}
