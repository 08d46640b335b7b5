package org.mailroom.directory;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;

/**
 * Changes to accounts and their addresses, each in the caller's transaction. Rules that people may read stand with
 * administration; here stands what must hold for the tables.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class Accounts {
    @PersistenceContext(unitName = "mail")
    private EntityManager entities;

    @Inject
    private Event<DirectoryChanged> changed;

    /**
     * Who has an address.
     *
     * @param address the account's own, which is another than the one asked for where that is an alias
     */
    public record Holder(AccountId account, String address, boolean alias) {}

    /** Who has the address as his own or as an alias. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Optional<Holder> holder(MailAddress address) {
        return find(address)
                .map(account -> new Holder(account.id(), account.address(), false))
                .or(() -> findAlias(address)
                        .map(Alias::account)
                        .map(account -> new Holder(account.id(), account.address(), true)));
    }

    /**
     * A new account, whose address nobody has.
     *
     * @return empty where the domain is not ours or the address is taken
     */
    public Optional<AccountId> add(MailAddress address, String displayName, Secret secret) {
        var domain = Names.lock(entities, address.domain());
        if (domain == null || Names.isTaken(entities, address)) {
            return Optional.empty();
        }
        var account = new Account(domain, address.key(), displayName, Instant.now());
        account.secret(secret);
        entities.persist(account);
        // Others write rows that refer to it on the same connection, past the entity manager.
        entities.flush();
        changed.fire(new DirectoryChanged());
        return Optional.of(account.id());
    }

    /** False where there is no such account, like those below. */
    public boolean enable(MailAddress address, boolean enabled) {
        return change(address, account -> account.enable(enabled));
    }

    public boolean rename(MailAddress address, String displayName) {
        return change(address, account -> account.rename(displayName));
    }

    public boolean secret(MailAddress address, Secret secret) {
        return isPerson(address) && change(address, account -> account.secret(secret));
    }

    public boolean quota(MailAddress address, @Nullable Long octets, @Nullable Long messages) {
        return change(address, account -> account.quota(octets, messages));
    }

    /** Gives the account another address, or takes it over from the account that had it as an alias. */
    public boolean alias(MailAddress address, MailAddress alias) {
        var domain = Names.lock(entities, alias.domain());
        if (domain == null
                || Names.isTaken(entities, alias)
                        && holder(alias).filter(Holder::alias).isEmpty()) {
            return false;
        }
        return change(
                address,
                account -> findAlias(alias)
                        .ifPresentOrElse(
                                there -> there.moveTo(account),
                                () -> entities.persist(new Alias(domain, alias.key(), account))));
    }

    public boolean removeAlias(MailAddress alias) {
        var there = findAlias(alias);
        there.ifPresent(entities::remove);
        changed.fire(new DirectoryChanged());
        return there.isPresent();
    }

    /**
     * @param domain where it holds; null: everywhere
     * @return false where there is no such account or domain
     */
    public boolean grant(MailAddress address, String role, @Nullable MailDomain domain) {
        var where = domain == null ? null : Names.lock(entities, domain.name());
        if (domain != null && where == null || !isPerson(address)) {
            return false;
        }
        return change(address, account -> {
            if (held(account, role, domain).isEmpty()) {
                entities.persist(new AccountRole(account, role, where));
            }
        });
    }

    /** False where the account has no such role. */
    public boolean revoke(MailAddress address, String role, @Nullable MailDomain domain) {
        var held = find(address).map(account -> held(account, role, domain)).orElse(List.of());
        held.forEach(entities::remove);
        return change(address, account -> {}) && !held.isEmpty();
    }

    private List<AccountRole> held(Account account, String role, @Nullable MailDomain domain) {
        return entities.createQuery(
                        "SELECT r FROM AccountRole r LEFT JOIN r.domain d WHERE r.account = :account AND r.role = :role",
                        AccountRole.class)
                .setParameter("account", account)
                .setParameter("role", role)
                .getResultStream()
                .filter(there -> there.holdsIn(domain))
                .toList();
    }

    /** The directory of others in which the account lives, and its password is. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Optional<String> source(MailAddress address) {
        return entities.createNativeQuery("""
                        SELECT s.name FROM account_source JOIN directory_source s ON s.id = source_id
                        JOIN account a ON a.id = account_id JOIN domain d ON d.id = a.domain_id
                        WHERE a.local_part = ?1 AND d.name = ?2""")
                .setParameter(1, address.key())
                .setParameter(2, address.domain())
                .getResultStream()
                .findFirst()
                .map(String.class::cast);
    }

    /** The account that has had the role for longest, and may log in. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Optional<MailAddress> firstWith(String role) {
        return entities.createQuery(
                        "SELECT r.account FROM AccountRole r WHERE r.role = :role AND r.domain IS NULL"
                                + " ORDER BY r.account.enabled DESC, r.id",
                        Account.class)
                .setParameter("role", role)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(Account::mailAddress);
    }

    /** How many accounts that may log in have the role. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public long countWith(String role) {
        return entities.createQuery(
                        "SELECT COUNT(r) FROM AccountRole r WHERE r.role = :role AND r.domain IS NULL"
                                + " AND r.account.enabled = TRUE",
                        Long.class)
                .setParameter("role", role)
                .getSingleResult();
    }

    /** In a shared account nobody logs in. */
    private boolean isPerson(MailAddress address) {
        return find(address).filter(Account::isPerson).isPresent();
    }

    private boolean change(MailAddress address, Consumer<Account> change) {
        var account = find(address);
        account.ifPresent(change);
        entities.flush();
        changed.fire(new DirectoryChanged());
        return account.isPresent();
    }

    private Optional<Account> find(MailAddress address) {
        return entities.createQuery(
                        "SELECT a FROM Account a WHERE a.localPart = :localPart AND a.domain.name = :domain",
                        Account.class)
                .setParameter("localPart", address.key())
                .setParameter("domain", address.domain())
                .getResultStream()
                .findFirst();
    }

    private Optional<Alias> findAlias(MailAddress address) {
        return entities.createQuery(
                        "SELECT a FROM Alias a WHERE a.localPart = :localPart AND a.domain.name = :domain", Alias.class)
                .setParameter("localPart", address.key())
                .setParameter("domain", address.domain())
                .getResultStream()
                .findFirst();
    }
}
