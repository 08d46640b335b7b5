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
import org.jspecify.annotations.Nullable;

/** The domains that are ours, as administration sees them; mail asks {@link Directory}. */
@Stateless
public class Domains {
    @PersistenceContext(unitName = "mail")
    private EntityManager entities;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Event<DirectoryChanged> changed;

    /**
     * @param relayed whether its mail is passed on
     * @param accounts how many live there
     * @param otherNames its alias domains
     * @param catchAll who gets what is for nobody, or null
     */
    public record Listed(
            String name,
            boolean relayed,
            long accounts,
            List<String> otherNames,
            @Nullable String catchAll,
            Instant created) {
        public Listed {
            otherNames = List.copyOf(otherNames);
        }
    }

    /** What became of a wish to remove. */
    public enum Removal {
        REMOVED,
        UNKNOWN,
        HAS_ACCOUNTS
    }

    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<Listed> list() {
        var sql = """
                SELECT domain.name, domain.kind = 'relay', (SELECT count(*) FROM account WHERE domain_id = domain.id),
                       ARRAY(SELECT name FROM alias_domain WHERE domain_id = domain.id ORDER BY name),
                       (SELECT target FROM catch_all WHERE domain_id = domain.id), domain.created
                  FROM domain ORDER BY domain.name""";
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql);
                var rows = statement.executeQuery()) {
            var found = new ArrayList<Listed>();
            while (rows.next()) {
                found.add(new Listed(
                        rows.getString(1),
                        rows.getBoolean(2),
                        rows.getLong(3),
                        List.of((String[]) rows.getArray(4).getArray()),
                        rows.getString(5),
                        rows.getTimestamp(6).toInstant()));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("the directory does not answer", e);
        }
    }

    /** Whether mail for it ends here. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public boolean exists(MailDomain name) {
        return find(name, LockModeType.NONE)
                .filter(domain -> !domain.isRelayed())
                .isPresent();
    }

    /** Whether mail for it is passed on. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public boolean isRelayed(MailDomain name) {
        return find(name, LockModeType.NONE).filter(Domain::isRelayed).isPresent();
    }

    /** Of which domain it is another name; empty where it is none. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Optional<String> target(MailDomain name) {
        return entities.createQuery("SELECT a.domain.name FROM AliasDomain a WHERE a.name = :name", String.class)
                .setParameter("name", name.name())
                .getResultStream()
                .findFirst();
    }

    /** Whether it is a domain of any kind, or another name of one. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public boolean isTaken(MailDomain name) {
        return find(name, LockModeType.NONE).isPresent() || findAlias(name).isPresent();
    }

    /** Whether there is none yet at all. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public boolean isEmpty() {
        return entities.createQuery("SELECT COUNT(d) FROM Domain d", Long.class).getSingleResult() == 0;
    }

    /** Whether nobody has begun to use it: there is one at most, with one account at most. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public boolean isUntouched() {
        return entities.createQuery("SELECT COUNT(d) FROM Domain d", Long.class).getSingleResult() <= 1
                && entities.createQuery("SELECT COUNT(a) FROM Account a", Long.class)
                                .getSingleResult()
                        <= 1;
    }

    /**
     * False where it was there.
     *
     * @param relayed whether its mail is passed on
     */
    public boolean add(MailDomain name, boolean relayed) {
        if (isTaken(name)) {
            return false;
        }
        entities.persist(new Domain(name, relayed, Instant.now()));
        done();
        return true;
    }

    /** Gives a domain of ours another name; false where that name was there. */
    public boolean addAlias(MailDomain name, MailDomain of) {
        var domain = Names.lock(entities, of.name());
        if (domain == null || isTaken(name)) {
            return false;
        }
        entities.persist(new AliasDomain(name, domain, Instant.now()));
        done();
        return true;
    }

    public boolean removeAlias(MailDomain name) {
        var alias = findAlias(name);
        alias.ifPresent(entities::remove);
        done();
        return alias.isPresent();
    }

    /**
     * Who gets what is for nobody.
     *
     * @param target null: it is refused
     * @return who got it before; empty where nobody did
     */
    public Optional<String> catchAll(MailDomain name, @Nullable String target) {
        var domain = Names.lock(entities, name.name());
        var there = entities.createQuery("SELECT c FROM CatchAll c WHERE c.domain.name = :name", CatchAll.class)
                .setParameter("name", name.name())
                .getResultStream()
                .findFirst();
        var before = there.map(CatchAll::target);
        if (target == null) {
            there.ifPresent(entities::remove);
        } else if (there.isPresent()) {
            there.get().leadTo(target);
        } else if (domain != null) {
            entities.persist(new CatchAll(domain, target));
        }
        done();
        return before;
    }

    private void done() {
        entities.flush();
        changed.fire(new DirectoryChanged());
    }

    private Optional<AliasDomain> findAlias(MailDomain name) {
        return entities.createQuery("SELECT a FROM AliasDomain a WHERE a.name = :name", AliasDomain.class)
                .setParameter("name", name.name())
                .getResultStream()
                .findFirst();
    }

    /** Removes a domain in which nobody lives, with the aliases and groups in it. */
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
        // Their targets and members go with them: the tables see to that.
        for (var table : List.of("alias", "mail_group")) {
            entities.createNativeQuery(
                            "DELETE FROM " + table + " WHERE domain_id = (SELECT id FROM domain WHERE name = ?1)")
                    .setParameter(1, name.name())
                    .executeUpdate();
        }
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
