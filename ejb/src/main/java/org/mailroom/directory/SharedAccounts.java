package org.mailroom.directory;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;

/**
 * Accounts that belong to nobody in particular: nobody logs in, and members see their mailboxes and may send under their
 * address. Changes happen in the caller's transaction. What members may do in the mailboxes stands with the mailboxes.
 */
@ApplicationScoped
public class SharedAccounts {
    private static final String ACCOUNTS = """
            SELECT a.id, a.local_part, d.name, a.display_name, a.quota_octets, coalesce(sum(m.octets), 0),
                coalesce(sum(m.messages), 0)
            FROM account a JOIN domain d ON d.id = a.domain_id LEFT JOIN mailbox m ON m.account_id = a.id
            WHERE a.kind = 'shared' GROUP BY a.id, d.name ORDER BY d.name, a.local_part""";

    /** What stands at INBOX stands for the whole: it is written to all mailboxes at once. */
    private static final String MEMBERS = """
            SELECT given.owner, coalesce(a.local_part, g.local_part), coalesce(ad.name, gd.name), max(given.rights), max(given.way)
            FROM (
                SELECT m.account_id AS owner, r.account_id, r.group_id, r.rights, NULL AS way
                FROM mailbox m JOIN mailbox_right r ON r.mailbox_id = m.id AND NOT r.negative WHERE m.name = 'INBOX'
                UNION ALL SELECT owner_id, account_id, group_id, NULL, way FROM send_right) given
            JOIN account o ON o.id = given.owner AND o.kind = 'shared'
            LEFT JOIN account a ON a.id = given.account_id LEFT JOIN domain ad ON ad.id = a.domain_id
            LEFT JOIN mail_group g ON g.id = given.group_id LEFT JOIN domain gd ON gd.id = g.domain_id
            GROUP BY given.owner, a.local_part, ad.name, g.local_part, gd.name ORDER BY 3 NULLS FIRST, 2""";

    @PersistenceContext(unitName = "mail")
    private EntityManager entities;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Event<DirectoryChanged> changed;

    /** A shared account, with what its mailboxes hold. */
    public record Shared(
            AccountId account,
            String address,
            String displayName,
            long octets,
            @Nullable Long quotaOctets,
            long messages,
            List<Member> members) {
        public Shared {
            members = List.copyOf(members);
        }
    }

    /**
     * Who shares it.
     *
     * @param identifier an address of an account or a group, or {@code anyone}
     * @param rights letters of RFC 4314
     * @param sends null: not at all
     */
    public record Member(
            String identifier, String rights, @Nullable SendWay sends) {}

    public List<Shared> all() {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            var members = new ArrayList<Row>();
            try (var rows = statement.executeQuery(MEMBERS)) {
                while (rows.next()) {
                    members.add(Row.of(rows));
                }
            }
            var all = new ArrayList<Shared>();
            try (var rows = statement.executeQuery(ACCOUNTS)) {
                while (rows.next()) {
                    all.add(shared(rows, members));
                }
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException("the directory does not answer", e);
        }
    }

    private record Row(long owner, Member member) {
        static Row of(ResultSet rows) throws SQLException {
            var localPart = rows.getString(2);
            var rights = rows.getString(4);
            var way = rows.getString(5);
            return new Row(
                    rows.getLong(1),
                    new Member(
                            localPart == null ? "anyone" : new MailAddress(localPart, rows.getString(3)).toString(),
                            rights == null ? "" : rights,
                            way == null ? null : SendWay.of(way)));
        }
    }

    private static Shared shared(ResultSet rows, List<Row> members) throws SQLException {
        long id = rows.getLong(1);
        return new Shared(
                new AccountId(id),
                new MailAddress(rows.getString(2), rows.getString(3)).toString(),
                rows.getString(4),
                rows.getLong(6),
                rows.getObject(5, Long.class),
                rows.getLong(7),
                members.stream().filter(row -> row.owner == id).map(Row::member).toList());
    }

    public Optional<Shared> find(MailAddress address) {
        return all().stream()
                .filter(shared -> shared.address().equals(address.toString()))
                .findFirst();
    }

    /** Empty where the domain is not ours or the address is taken. */
    public Optional<AccountId> add(MailAddress address, String displayName) {
        var domain = Names.lock(entities, address.domain());
        if (domain == null || Names.isTaken(entities, address)) {
            return Optional.empty();
        }
        var account = Account.shared(domain, address.key(), displayName, Instant.now());
        entities.persist(account);
        done();
        return Optional.of(account.id());
    }

    /** Says who may send under its address, and how; null: no longer. */
    public void sends(AccountId owner, Party who, @Nullable SendWay way) {
        var account = who.account() == null ? null : who.account().value();
        entities.createQuery(
                        "DELETE FROM SendRight r WHERE r.owner = :owner AND (r.account = :account OR r.group = :group)")
                .setParameter("owner", owner.value())
                .setParameter("account", account)
                .setParameter("group", who.group())
                .executeUpdate();
        if (way != null) {
            entities.persist(new SendRight(owner.value(), account, who.group(), way));
        }
        done();
    }

    /** Its mailboxes must be gone. */
    public void remove(AccountId account) {
        entities.createQuery("DELETE FROM Account a WHERE a.id = :id")
                .setParameter("id", account.value())
                .executeUpdate();
        done();
    }

    private void done() {
        // Others write rows that refer to it on the same connection, past the entity manager.
        entities.flush();
        changed.fire(new DirectoryChanged());
    }
}
