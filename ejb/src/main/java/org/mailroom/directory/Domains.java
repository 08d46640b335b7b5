package org.mailroom.directory;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The domains that are ours, as administration sees them; mail asks {@link Directory}. */
@Stateless
public class Domains {
    @PersistenceContext(unitName = "mail")
    private EntityManager entities;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Event<DirectoryChanged> changed;

    /** @param accounts how many live there */
    public record Listed(String name, long accounts, Instant created) {}

    /** What became of a wish to remove. */
    public enum Removal {
        REMOVED,
        UNKNOWN,
        HAS_ACCOUNTS
    }

    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<Listed> list() {
        var sql = """
                SELECT domain.name, count(account.id), domain.created
                  FROM domain LEFT JOIN account ON account.domain_id = domain.id
                 GROUP BY domain.id ORDER BY domain.name""";
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql);
                var rows = statement.executeQuery()) {
            var found = new ArrayList<Listed>();
            while (rows.next()) {
                found.add(new Listed(
                        rows.getString(1), rows.getLong(2), rows.getTimestamp(3).toInstant()));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("the directory does not answer", e);
        }
    }

    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public boolean exists(MailDomain name) {
        return find(name, LockModeType.NONE).isPresent();
    }

    /** Whether there is none yet at all. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public boolean isEmpty() {
        return entities.createQuery("SELECT COUNT(d) FROM Domain d", Long.class).getSingleResult() == 0;
    }

    /** False where it was there. */
    public boolean add(MailDomain name) {
        if (exists(name)) {
            return false;
        }
        entities.persist(new Domain(name, Instant.now()));
        entities.flush();
        changed.fire(new DirectoryChanged());
        return true;
    }

    /** Removes a domain in which nobody lives, with the aliases in it. */
    public Removal remove(MailDomain name) {
        // The lock keeps an account from being added meanwhile: Accounts takes it too.
        var domain = find(name, LockModeType.PESSIMISTIC_WRITE).orElse(null);
        if (domain == null) {
            return Removal.UNKNOWN;
        }
        long accounts = entities.createQuery("SELECT COUNT(a) FROM Account a WHERE a.domain = :domain", Long.class)
                .setParameter("domain", domain)
                .getSingleResult();
        if (accounts > 0) {
            return Removal.HAS_ACCOUNTS;
        }
        entities.createQuery("DELETE FROM Alias a WHERE a.domain = :domain")
                .setParameter("domain", domain)
                .executeUpdate();
        entities.remove(domain);
        entities.flush();
        changed.fire(new DirectoryChanged());
        return Removal.REMOVED;
    }

    private Optional<Domain> find(MailDomain name, LockModeType lock) {
        var query = entities.createQuery("SELECT d FROM Domain d WHERE d.name = :name", Domain.class)
                .setParameter("name", name.name());
        if (lock != LockModeType.NONE) {
            query.setLockMode(lock);
        }
        return query.getResultStream().findFirst();
    }
}
