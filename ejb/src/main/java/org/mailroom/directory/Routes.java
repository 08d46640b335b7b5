package org.mailroom.directory;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.mailroom.config.Secrets;

/** The routes, as administration sees them; the queue asks {@link Directory}. */
@Stateless
public class Routes {
    @PersistenceContext(unitName = "mail")
    private EntityManager entities;

    @Inject
    private Event<DirectoryChanged> changed;

    @Inject
    private RoutePasswords passwords;

    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<RoutePlan> list() {
        return entities.createQuery("SELECT r FROM Route r ORDER BY r.domain, r.sender", Route.class)
                .getResultStream()
                .map(this::opened)
                .toList();
    }

    private RoutePlan opened(Route route) {
        return passwords.open(route.plan());
    }

    /** The plan before, if there was one for the same domains and senders. */
    public Optional<RoutePlan> put(RoutePlan plan) {
        var route = find(plan.domain(), plan.sender());
        var before = route.map(this::opened);
        var kept = passwords.seal(plan);
        route.ifPresentOrElse(there -> there.follow(kept), () -> entities.persist(new Route(kept, Instant.now())));
        entities.flush();
        changed.fire(new DirectoryChanged());
        return before;
    }

    /** The plan that it had; empty where there was none. */
    public Optional<RoutePlan> remove(String domain, String sender) {
        var route = find(domain, sender);
        var before = route.map(this::opened);
        route.ifPresent(entities::remove);
        changed.fire(new DirectoryChanged());
        return before;
    }

    /** Patterns of routes whose hold must let go now; of several nodes that ask, one gets each. */
    public List<String> due(Instant now, ZoneId zone) {
        return entities.createQuery("SELECT r FROM Route r WHERE r.hold LIKE '%:%'", Route.class)
                .getResultStream()
                .filter(route -> route.plan().hold().isDue(route.flushed(), now, zone))
                .filter(route -> entities.createNativeQuery(
                                        "UPDATE route SET flushed = now() WHERE domain = ?1 AND sender = ?2 AND flushed = ?3")
                                .setParameter(1, route.plan().domain())
                                .setParameter(2, route.plan().sender())
                                .setParameter(3, java.sql.Timestamp.from(route.flushed()))
                                .executeUpdate()
                        > 0)
                .map(route -> route.plan().domain())
                .toList();
    }

    /** Seals passwords that were kept before there was a key. */
    public int sealAll() {
        var plain = entities.createQuery("SELECT r FROM Route r WHERE r.password <> ''", Route.class)
                .getResultStream()
                .filter(route -> !Secrets.isSealed(route.plan().password()))
                .toList();
        plain.forEach(route -> route.follow(passwords.seal(route.plan())));
        return plain.size();
    }

    private Optional<Route> find(String domain, String sender) {
        return entities.createQuery(
                        "SELECT r FROM Route r WHERE r.domain = :domain AND r.sender = :sender", Route.class)
                .setParameter("domain", domain)
                .setParameter("sender", sender)
                .getResultStream()
                .findFirst();
    }
}
