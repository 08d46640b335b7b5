package org.mailroom.mailbox;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.store.MailStore.Quota;

/** How much an account keeps and may keep. Sums the counters of its mailboxes, which are exact; no message is counted. */
@ApplicationScoped
public class Quotas {
    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    public Quotas() {}

    Quotas(DataSource database) {
        this.database = database;
    }

    /** Throws OVER_QUOTA where a message of this size has no room. */
    public void check(AccountId account, long size) throws MailException {
        Work.<@Nullable Void>with(database, connection -> {
            check(connection, account, size, 1);
            return null;
        });
    }

    public Quota quota(AccountId account) throws MailException {
        return Work.with(database, connection -> read(connection, account));
    }

    /** Returns whether there is a limit at all. */
    static boolean check(Connection connection, AccountId account, long octets, long messages)
            throws SQLException, MailException {
        var quota = read(connection, account);
        if (beyond(quota.octets() + octets, quota.octetLimit())
                || beyond(quota.messages() + messages, quota.messageLimit())) {
            throw new MailException(Reason.OVER_QUOTA, "The account has no room for it");
        }
        return quota.octetLimit() != null || quota.messageLimit() != null;
    }

    /**
     * What was added in this transaction counts too, and what others add meanwhile: who adds to another mailbox of an account
     * with a limit waits for the account's row. It is locked after mailboxes, and nobody who holds it waits for one of them.
     */
    static void hold(Connection connection, AccountId account) throws SQLException, MailException {
        if (check(connection, account, 0, 0)) {
            try (var lock = connection.prepareStatement("SELECT id FROM account WHERE id = ? FOR NO KEY UPDATE")) {
                lock.setLong(1, account.value());
                lock.executeQuery().close();
            }
            check(connection, account, 0, 0);
        }
    }

    private static boolean beyond(long used, @Nullable Long limit) {
        return limit != null && used > limit;
    }

    private static Quota read(Connection connection, AccountId account) throws SQLException, MailException {
        try (var query = connection.prepareStatement("""
                SELECT coalesce(sum(m.octets), 0), a.quota_octets, coalesce(sum(m.messages), 0), a.quota_messages
                FROM account a LEFT JOIN mailbox m ON m.account_id = a.id WHERE a.id = ? GROUP BY a.id""")) {
            query.setLong(1, account.value());
            try (var rows = query.executeQuery()) {
                if (!rows.next()) {
                    throw new MailException(Reason.NO_SUCH_RECIPIENT, "The account is gone");
                }
                return new Quota(rows.getLong(1), limit(rows, 2), rows.getLong(3), limit(rows, 4));
            }
        }
    }

    private static @Nullable Long limit(ResultSet rows, int column) throws SQLException {
        long limit = rows.getLong(column);
        return rows.wasNull() ? null : limit;
    }
}
