package org.mailroom.directory;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What accounts may use, each for itself, those of a domain together, and those of all domains of a tenant together; as
 * administration sees it, in the caller's transaction.
 */
@ApplicationScoped
public class UsageLimits {
    private static final String LISTED = """
            WITH used AS (
                SELECT a.id, a.domain_id, coalesce(sum(m.octets), 0) AS octets, coalesce(sum(m.messages), 0) AS messages
                  FROM account a LEFT JOIN mailbox m ON m.account_id = a.id GROUP BY a.id),
            holder AS (
                SELECT 0 AS kind, a.local_part AS name, d.name AS domain, a.quota_octets AS octets,
                       a.quota_messages AS messages, l.message_octets, l.recipients, u.octets AS used_octets,
                       u.messages AS used_messages, w.percent AS noted
                  FROM account a JOIN domain d ON d.id = a.domain_id JOIN used u ON u.id = a.id
                  LEFT JOIN usage_limit l ON l.account_id = a.id LEFT JOIN usage_warning w ON w.account_id = a.id
                 WHERE l.id IS NOT NULL OR a.quota_octets IS NOT NULL OR a.quota_messages IS NOT NULL
                UNION ALL
                SELECT 1, d.name, d.name, l.octets, l.messages, l.message_octets, l.recipients,
                       (SELECT coalesce(sum(octets), 0) FROM used WHERE domain_id = d.id),
                       (SELECT coalesce(sum(messages), 0) FROM used WHERE domain_id = d.id),
                       (SELECT percent FROM usage_warning WHERE domain_id = d.id)
                  FROM usage_limit l JOIN domain d ON d.id = l.domain_id
                UNION ALL
                SELECT 2, t.name, '', l.octets, l.messages, l.message_octets, l.recipients,
                       (SELECT coalesce(sum(octets), 0) FROM used JOIN domain d ON d.id = used.domain_id
                         WHERE d.tenant_id = t.id),
                       (SELECT coalesce(sum(messages), 0) FROM used JOIN domain d ON d.id = used.domain_id
                         WHERE d.tenant_id = t.id),
                       (SELECT percent FROM usage_warning WHERE tenant_id = t.id)
                  FROM usage_limit l JOIN tenant t ON t.id = l.tenant_id)
            SELECT kind, name, domain, octets, messages, message_octets, recipients, used_octets, used_messages,
                   coalesce(noted, 0)
              FROM holder ORDER BY kind DESC, domain, name""";

    private static final String TENANTS = """
            SELECT t.name, ARRAY(SELECT d.name FROM domain d WHERE d.tenant_id = t.id ORDER BY d.name)
              FROM tenant t ORDER BY t.name""";

    @PersistenceContext(unitName = "mail")
    private EntityManager entities;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Event<DirectoryChanged> changed;

    /** For whom a limit is. */
    public enum Kind {
        ACCOUNT,
        DOMAIN,
        TENANT
    }

    /**
     * What may be used; null: no limit.
     *
     * @param octets stored
     * @param messages stored
     * @param messageOctets of one message, sent or received
     * @param recipients an hour, of mail that is sent
     */
    public record Allowance(
            @Nullable Long octets,
            @Nullable Long messages,
            @Nullable Long messageOctets,
            @Nullable Integer recipients) {
        public boolean isEmpty() {
            return octets == null && messages == null && messageOctets == null && recipients == null;
        }
    }

    /**
     * A limit with what is used of it.
     *
     * @param of an address, a domain or a tenant
     * @param domain whose administrators may see it; empty: nobody but those of the server
     * @param noted the mark of fullness that somebody was told of, or 0
     */
    public record Listed(
            Kind kind, String of, String domain, Allowance allowance, long usedOctets, long usedMessages, int noted) {
        /** How full the store is; 0 without a limit. */
        public int percent() {
            return (int) Math.min(
                    1000, Math.max(share(usedOctets, allowance.octets), share(usedMessages, allowance.messages)));
        }

        private static long share(long used, @Nullable Long limit) {
            return limit == null ? 0 : (long) (100.0 * used / limit);
        }
    }

    public record ListedTenant(String name, List<String> domains) {}

    @FunctionalInterface
    private interface Row<T> {
        T of(ResultSet rows) throws SQLException;
    }

    /** Tenants first, then domains, then accounts. */
    public List<Listed> all() {
        return query(LISTED, UsageLimits::listed);
    }

    private static Listed listed(ResultSet row) throws SQLException {
        var kind = Kind.values()[row.getInt(1)];
        var name = row.getString(2);
        var domain = row.getString(3);
        return new Listed(
                kind,
                kind == Kind.ACCOUNT ? new MailAddress(name, domain).toString() : name,
                domain,
                new Allowance(
                        row.getObject(4, Long.class),
                        row.getObject(5, Long.class),
                        row.getObject(6, Long.class),
                        row.getObject(7, Integer.class)),
                row.getLong(8),
                row.getLong(9),
                row.getInt(10));
    }

    public Optional<Listed> find(Kind kind, String of) {
        return all().stream()
                .filter(one -> one.kind() == kind && one.of().equals(of))
                .findFirst();
    }

    /** False where there is no such account, domain or tenant. */
    public boolean put(Kind kind, String of, Allowance allowance) {
        var holder = holder(kind, of);
        if (holder.isEmpty()) {
            return false;
        }
        long id = holder.get();
        if (kind == Kind.ACCOUNT) {
            entities.createQuery("UPDATE Account a SET a.quotaOctets = :octets, a.quotaMessages = :messages"
                            + " WHERE a.id = :id")
                    .setParameter("octets", allowance.octets())
                    .setParameter("messages", allowance.messages())
                    .setParameter("id", id)
                    .executeUpdate();
        }
        var column = kind.name().toLowerCase(java.util.Locale.ROOT);
        var there = entities.createQuery("SELECT l FROM UsageLimit l WHERE l." + column + " = :id", UsageLimit.class)
                .setParameter("id", id)
                .getResultStream()
                .findFirst();
        boolean kept = kind == Kind.ACCOUNT
                ? allowance.messageOctets() != null || allowance.recipients() != null
                : !allowance.isEmpty();
        if (kept) {
            var limit = there.orElseGet(() -> new UsageLimit(kind, id));
            limit.allow(allowance);
            entities.persist(limit);
        } else {
            there.ifPresent(entities::remove);
        }
        return done();
    }

    private Optional<Long> holder(Kind kind, String of) {
        return switch (kind) {
            case ACCOUNT -> account(of);
            case DOMAIN -> id("SELECT d.id FROM Domain d WHERE d.name = :name", of);
            case TENANT -> id("SELECT t.id FROM Tenant t WHERE t.name = :name", of);
        };
    }

    private Optional<Long> account(String of) {
        try {
            var address = MailAddress.parse(of);
            return entities.createQuery(
                            "SELECT a.id FROM Account a WHERE a.localPart = :local AND a.domain.name = :domain",
                            Long.class)
                    .setParameter("local", address.key())
                    .setParameter("domain", address.domain())
                    .getResultStream()
                    .findFirst();
        } catch (BadAddress e) {
            return Optional.empty();
        }
    }

    private Optional<Long> id(String query, String name) {
        return entities.createQuery(query, Long.class)
                .setParameter("name", name)
                .getResultStream()
                .findFirst();
    }

    /**
     * Notes which mark a store has passed, or has fallen below again.
     *
     * @param mark 80, 95, or 0 for none
     * @return whether it is higher than what was noted before, so that somebody is to be told
     */
    public boolean pass(Kind kind, String of, int mark) {
        var holder = holder(kind, of);
        if (holder.isEmpty()) {
            return false;
        }
        var column = kind.name().toLowerCase(java.util.Locale.ROOT);
        var there = entities.createQuery(
                        "SELECT w FROM UsageWarning w WHERE w." + column + " = :id", UsageWarning.class)
                .setParameter("id", holder.get())
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst();
        int before = there.map(UsageWarning::percent).orElse(0);
        if (mark == 0) {
            there.ifPresent(entities::remove);
        } else {
            var warning = there.orElseGet(() -> new UsageWarning(kind, holder.get()));
            warning.passed(mark);
            entities.persist(warning);
        }
        entities.flush();
        return mark > before;
    }

    public List<ListedTenant> tenants() {
        return query(
                TENANTS,
                row -> new ListedTenant(
                        row.getString(1), List.of((String[]) row.getArray(2).getArray())));
    }

    /** Makes a tenant of these domains, or gives it these from now on; a domain has one tenant at most. */
    public void putTenant(String name, List<MailDomain> domains) {
        var tenant = entities.createQuery("SELECT t FROM Tenant t WHERE t.name = :name", Tenant.class)
                .setParameter("name", name)
                .getResultStream()
                .findFirst()
                .orElseGet(() -> new Tenant(name));
        entities.persist(tenant);
        entities.flush();
        entities.createNativeQuery("UPDATE domain SET tenant_id = NULL WHERE tenant_id = ?1")
                .setParameter(1, tenant.id())
                .executeUpdate();
        for (var domain : domains) {
            entities.createNativeQuery("UPDATE domain SET tenant_id = ?1 WHERE name = ?2")
                    .setParameter(1, tenant.id())
                    .setParameter(2, domain.name())
                    .executeUpdate();
        }
        done();
    }

    /** Its domains stay, and share nothing any more. False where there was none. */
    public boolean removeTenant(String name) {
        entities.createNativeQuery(
                        "UPDATE domain SET tenant_id = NULL WHERE tenant_id = (SELECT id FROM tenant WHERE name = ?1)")
                .setParameter(1, name)
                .executeUpdate();
        int gone = entities.createQuery("DELETE FROM Tenant t WHERE t.name = :name")
                .setParameter("name", name)
                .executeUpdate();
        return done() && gone > 0;
    }

    private boolean done() {
        entities.flush();
        changed.fire(new DirectoryChanged());
        return true;
    }

    private <T> List<T> query(String sql, Row<T> row) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql);
                var rows = statement.executeQuery()) {
            var found = new ArrayList<T>();
            while (rows.next()) {
                found.add(row.of(rows));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("the directory does not answer", e);
        }
    }
}
