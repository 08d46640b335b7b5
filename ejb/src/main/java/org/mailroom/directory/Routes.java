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

/** The routes, as administration sees them; the queue asks {@link Directory}. */
@Stateless
public class Routes {
    @PersistenceContext(unitName = "mail")
    private EntityManager entities;

    @Inject
    private Event<DirectoryChanged> changed;

    public record Listed(String domain, String target) {}

    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<Listed> list() {
        return entities.createQuery("SELECT r FROM Route r ORDER BY r.domain", Route.class)
                .getResultStream()
                .map(route -> new Listed(route.domain(), route.target()))
                .toList();
    }

    /** The target before, if there was one. */
    public Optional<String> put(MailDomain domain, RouteTarget target) {
        var route = find(domain);
        var before = route.map(Route::target);
        route.ifPresentOrElse(
                there -> there.leadTo(target), () -> entities.persist(new Route(domain, target, Instant.now())));
        entities.flush();
        changed.fire(new DirectoryChanged());
        return before;
    }

    /** The target that it had; empty where there was no route. */
    public Optional<String> remove(MailDomain domain) {
        var route = find(domain);
        route.ifPresent(entities::remove);
        changed.fire(new DirectoryChanged());
        return route.map(Route::target);
    }

    private Optional<Route> find(MailDomain domain) {
        return entities.createQuery("SELECT r FROM Route r WHERE r.domain = :domain", Route.class)
                .setParameter("domain", domain.name())
                .getResultStream()
                .findFirst();
    }
}
