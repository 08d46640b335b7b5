package org.mailroom.directory;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/** Rewrites of addresses by pattern, as administration sees them, in the caller's transaction; mail asks {@link Directory}. */
@ApplicationScoped
public class Rewrites {
    /** Of a domain: an address that nobody has is compared with all of them. */
    public static final int MOST = 200;

    private static final int STEP = 10;

    @PersistenceContext(unitName = "mail")
    private EntityManager entities;

    @Inject
    private Event<DirectoryChanged> changed;

    /**
     * One, as it was written.
     *
     * @param rank lower ones are tried first
     */
    public record Listed(String domain, String pattern, boolean regular, String target, int rank) {}

    /** In the order in which they are tried. */
    public List<Listed> all() {
        return entities.createQuery(
                        "SELECT r FROM AddressRewrite r ORDER BY r.domain.name, r.rank, r.id", AddressRewrite.class)
                .getResultStream()
                .map(AddressRewrite::listed)
                .toList();
    }

    public Optional<Listed> find(MailDomain domain, String pattern) {
        return one(domain, pattern).map(AddressRewrite::listed);
    }

    /** One behind all that are there. */
    public int next(MailDomain domain) {
        return all().stream()
                        .filter(one -> one.domain().equals(domain.name()))
                        .mapToInt(Listed::rank)
                        .max()
                        .orElse(0)
                + STEP;
    }

    /** Where mail for a local part would go by a rewrite that is not there yet; says what is wrong with it. */
    public static Optional<String> tried(Listed wish, String localPart) throws BadAddress {
        return Rewrite.of(wish.pattern(), wish.regular(), wish.target(), wish.domain())
                .leadsTo(localPart);
    }

    /** False where the domain is not ours. */
    public boolean put(Listed wish) {
        var domain = Names.lock(entities, wish.domain());
        if (domain == null) {
            return false;
        }
        var there = one(new MailDomain(wish.domain()), wish.pattern());
        var rewrite = there.orElseGet(() -> new AddressRewrite(domain, wish.pattern()));
        rewrite.lead(wish.regular(), wish.target(), wish.rank());
        if (there.isEmpty()) {
            entities.persist(rewrite);
        }
        done();
        return true;
    }

    public void remove(MailDomain domain, String pattern) {
        one(domain, pattern).ifPresent(entities::remove);
        done();
    }

    private Optional<AddressRewrite> one(MailDomain domain, String pattern) {
        return entities.createQuery(
                        "SELECT r FROM AddressRewrite r WHERE r.domain.name = :domain AND r.pattern = :pattern",
                        AddressRewrite.class)
                .setParameter("domain", domain.name())
                .setParameter("pattern", pattern)
                .getResultStream()
                .findFirst();
    }

    private void done() {
        entities.flush();
        changed.fire(new DirectoryChanged());
    }
}
