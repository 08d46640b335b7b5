package org.mailroom.directory;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Addresses whose mail goes on to others, as administration sees them, each changed as a whole in the caller's transaction;
 * mail asks {@link Directory}. What is put is answered with what was there before.
 */
@ApplicationScoped
public class Redirections {
    @PersistenceContext(unitName = "mail")
    private EntityManager entities;

    @Inject
    private Event<DirectoryChanged> changed;

    /** An alias that leads to several or to others' addresses; one of a single account belongs to that account. */
    public record ListedAlias(String address, List<String> targets) {}

    public record ListedForward(String account, boolean keepsCopy, List<String> targets) {}

    /** @param owner null: the domain's postmaster */
    public record ListedGroup(
            String address,
            String displayName,
            WhoMaySend whoMaySend,
            @Nullable String owner,
            List<String> members) {}

    public List<ListedAlias> aliases() {
        return entities.createQuery(
                        "SELECT a FROM Alias a WHERE a.account IS NULL ORDER BY a.domain.name, a.localPart",
                        Alias.class)
                .getResultStream()
                .map(Redirections::listed)
                .toList();
    }

    public List<ListedForward> forwards() {
        return entities.createQuery(
                        "SELECT f FROM Forward f ORDER BY f.account.domain.name, f.account.localPart", Forward.class)
                .getResultStream()
                .map(Redirections::listed)
                .toList();
    }

    public List<ListedGroup> groups() {
        return entities.createQuery("SELECT g FROM MailGroup g ORDER BY g.domain.name, g.localPart", MailGroup.class)
                .getResultStream()
                .map(Redirections::listed)
                .toList();
    }

    /** Whether an account, an alias or a group has the address. */
    public boolean isTaken(MailAddress address) {
        return Names.isTaken(entities, address);
    }

    public Optional<ListedAlias> alias(MailAddress address) {
        return one(Alias.class, address).filter(alias -> !alias.isOfAccount()).map(Redirections::listed);
    }

    public Optional<ListedForward> forward(MailAddress account) {
        return findForward(account).map(Redirections::listed);
    }

    public Optional<ListedGroup> group(MailAddress address) {
        return one(MailGroup.class, address).map(Redirections::listed);
    }

    /** False where the domain is not ours, or the address is something else. */
    public boolean putAlias(MailAddress address, List<String> targets) {
        var domain = Names.lock(entities, address.domain());
        var there = one(Alias.class, address);
        if (domain == null || there.map(Alias::isOfAccount).orElseGet(() -> isTaken(address))) {
            return false;
        }
        var alias = there.orElseGet(() -> persisted(new Alias(domain, address.key())));
        alias.leadTo(targets);
        return done();
    }

    /** False where there is no such account. */
    public boolean putForward(MailAddress account, List<String> targets, boolean keepsCopy) {
        var owner = one(Account.class, account);
        owner.ifPresent(found -> findForward(account)
                .orElseGet(() -> persisted(new Forward(found, Instant.now())))
                .leadTo(targets, keepsCopy));
        return done() && owner.isPresent();
    }

    /** As {@link #putAlias}. */
    public boolean putGroup(ListedGroup wish, MailAddress address) {
        var domain = Names.lock(entities, address.domain());
        var there = one(MailGroup.class, address);
        if (domain == null || there.isEmpty() && isTaken(address)) {
            return false;
        }
        var group = there.orElseGet(() -> persisted(new MailGroup(domain, address.key(), Instant.now())));
        group.describe(wish.displayName(), wish.whoMaySend(), wish.owner());
        group.members(wish.members());
        return done();
    }

    /** Who lets through what others send to a group; empty: nobody, and it is refused. */
    public List<String> moderators(MailAddress group) {
        return one(MailGroup.class, group).map(MailGroup::moderators).orElse(List.of());
    }

    /** False where there is no such group. */
    public boolean putModerators(MailAddress group, List<String> moderators) {
        var there = one(MailGroup.class, group);
        there.ifPresent(found -> found.moderators(moderators));
        return done() && there.isPresent();
    }

    public void removeAlias(MailAddress address) {
        one(Alias.class, address).filter(alias -> !alias.isOfAccount()).ifPresent(entities::remove);
        done();
    }

    public void removeForward(MailAddress account) {
        findForward(account).ifPresent(entities::remove);
        done();
    }

    public void removeGroup(MailAddress address) {
        one(MailGroup.class, address).ifPresent(entities::remove);
        done();
    }

    private boolean done() {
        entities.flush();
        changed.fire(new DirectoryChanged());
        return true;
    }

    private <T> T persisted(T fresh) {
        entities.persist(fresh);
        return fresh;
    }

    private Optional<Forward> findForward(MailAddress account) {
        return entities.createQuery(
                        "SELECT f FROM Forward f WHERE f.account.localPart = :localPart"
                                + " AND f.account.domain.name = :domain",
                        Forward.class)
                .setParameter("localPart", account.key())
                .setParameter("domain", account.domain())
                .getResultStream()
                .findFirst();
    }

    private <T> Optional<T> one(Class<T> type, MailAddress address) {
        return entities.createQuery(
                        "SELECT e FROM " + type.getSimpleName()
                                + " e WHERE e.localPart = :localPart AND e.domain.name = :domain",
                        type)
                .setParameter("localPart", address.key())
                .setParameter("domain", address.domain())
                .getResultStream()
                .findFirst();
    }

    private static ListedAlias listed(Alias alias) {
        return new ListedAlias(alias.address(), alias.targets());
    }

    private static ListedForward listed(Forward forward) {
        return new ListedForward(forward.account().address(), forward.keepsCopy(), forward.targets());
    }

    private static ListedGroup listed(MailGroup group) {
        return new ListedGroup(
                group.address(), group.displayName(), group.whoMaySend(), group.owner(), group.members());
    }
}
