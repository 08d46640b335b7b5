package org.mailroom.mailbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.store.MailStore.Quota;

/**
 * How much an account keeps and may keep, by itself, with the others of its domain, and with those of its tenant. Sums the counters
 * of mailboxes, which are exact; no message is counted.
 */
@ApplicationScoped
public class Quotas {
    /** What many keep together is summed no more often, so a delivery does not cost by the size of a domain. */
    private static final Duration AGE = Duration.ofSeconds(10);

    private static final String SHARED = """
            SELECT l.id, l.octets, l.messages, coalesce(t.name, d.name) FROM account a JOIN domain d ON d.id = a.domain_id
              JOIN usage_limit l ON l.domain_id = d.id OR l.tenant_id = d.tenant_id LEFT JOIN tenant t ON t.id = l.tenant_id
             WHERE a.id = ? AND (l.octets IS NOT NULL OR l.messages IS NOT NULL)""";

    private static final String USED = """
            SELECT coalesce(sum(m.octets), 0), coalesce(sum(m.messages), 0) FROM usage_limit l
              JOIN domain d ON d.id = l.domain_id OR d.tenant_id = l.tenant_id
              JOIN account a ON a.domain_id = d.id JOIN mailbox m ON m.account_id = a.id WHERE l.id = ?""";

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    private final Cache<Long, Used> summed =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(AGE).build();

    public Quotas() {}

    Quotas(DataSource database) {
        this.database = database;
    }

    /** What accounts share: a limit of their domain or tenant. */
    private record Shared(
            long id, @Nullable Long octets, @Nullable Long messages, String of) {
        void check(Used used, long octetsMore, long messagesMore) throws MailException {
            if (beyond(used.octets + octetsMore, octets) || beyond(used.messages + messagesMore, messages)) {
                throw new MailException(Reason.OVER_QUOTA, "What " + of + " may store is used up");
            }
        }
    }

    private record Used(long octets, long messages) {}

    /** @param shared whether the domain or the tenant has a limit, too */
    private record Kept(Quota quota, boolean shared) {
        boolean limited() {
            return quota.octetLimit() != null || quota.messageLimit() != null;
        }
    }

    /** Throws OVER_QUOTA where a message of this size has no room. What others share is looked at every ten seconds. */
    public void check(AccountId account, long size) throws MailException {
        Work.<@Nullable Void>with(database, connection -> {
            for (var shared : shared(connection, own(connection, account, size, 1), account)) {
                var used = summed.getIfPresent(shared.id);
                if (used == null) {
                    used = used(connection, shared);
                    summed.put(shared.id, used);
                }
                shared.check(used, size, 1);
            }
            return null;
        });
    }

    /** Whether anything bounds what the account may keep. */
    public boolean isLimited(AccountId account) throws MailException {
        return Work.with(database, connection -> {
            var kept = read(connection, account);
            return kept.limited() || kept.shared();
        });
    }

    public Quota quota(AccountId account) throws MailException {
        return Work.with(database, connection -> read(connection, account).quota());
    }

    /** Returns whether there is a limit at all. */
    static boolean check(Connection connection, AccountId account, long octets, long messages)
            throws SQLException, MailException {
        var kept = own(connection, account, octets, messages);
        for (var shared : shared(connection, kept, account)) {
            shared.check(used(connection, shared), octets, messages);
        }
        return kept.limited();
    }

    private static Kept own(Connection connection, AccountId account, long octets, long messages)
            throws SQLException, MailException {
        var kept = read(connection, account);
        var quota = kept.quota();
        if (beyond(quota.octets() + octets, quota.octetLimit())
                || beyond(quota.messages() + messages, quota.messageLimit())) {
            throw new MailException(Reason.OVER_QUOTA, "The account has no room for it");
        }
        return kept;
    }

    private static List<Shared> shared(Connection connection, Kept kept, AccountId account) throws SQLException {
        if (!kept.shared()) {
            return List.of();
        }
        try (var query = connection.prepareStatement(SHARED)) {
            query.setLong(1, account.value());
            var found = new ArrayList<Shared>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(new Shared(rows.getLong(1), limit(rows, 2), limit(rows, 3), rows.getString(4)));
                }
            }
            return found;
        }
    }

    private static Used used(Connection connection, Shared shared) throws SQLException {
        try (var query = connection.prepareStatement(USED)) {
            query.setLong(1, shared.id);
            try (var rows = query.executeQuery()) {
                rows.next();
                return new Used(rows.getLong(1), rows.getLong(2));
            }
        }
    }

    /**
     * What was added in this transaction counts too, and what others add meanwhile: who adds to another mailbox of an account
     * with a limit waits for the account's row. It is locked after mailboxes, and nobody who holds it waits for one of them;
     * but the purge of an account that ends, which gives way.
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

    private static Kept read(Connection connection, AccountId account) throws SQLException, MailException {
        try (var query = connection.prepareStatement("""
                SELECT coalesce(sum(m.octets), 0), a.quota_octets, coalesce(sum(m.messages), 0), a.quota_messages,
                    EXISTS (SELECT 1 FROM domain d JOIN usage_limit l ON l.domain_id = d.id OR l.tenant_id = d.tenant_id
                            WHERE d.id = a.domain_id AND (l.octets IS NOT NULL OR l.messages IS NOT NULL))
                FROM account a LEFT JOIN mailbox m ON m.account_id = a.id WHERE a.id = ? GROUP BY a.id""")) {
            query.setLong(1, account.value());
            try (var rows = query.executeQuery()) {
                if (!rows.next()) {
                    throw new MailException(Reason.NO_SUCH_RECIPIENT, "The account is gone");
                }
                return new Kept(
                        new Quota(rows.getLong(1), limit(rows, 2), rows.getLong(3), limit(rows, 4)),
                        rows.getBoolean(5));
            }
        }
    }

    private static @Nullable Long limit(ResultSet rows, int column) throws SQLException {
        long limit = rows.getLong(column);
        return rows.wasNull() ? null : limit;
    }
}
