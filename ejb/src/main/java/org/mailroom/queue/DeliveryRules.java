package org.mailroom.queue;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailroom.directory.RouteTls;

/** The rules of domains, as administration sees them; the queue asks {@link DeliveryTerms}. */
@Stateless
public class DeliveryRules {
    @PersistenceContext(unitName = "mail")
    private EntityManager entities;

    @Inject
    private Event<TermsChanged> changed;

    /**
     * What is said for a domain; null: a wider rule or a setting decides.
     *
     * @param domain {@code example.org}, {@code *.example.org} or {@code *}
     */
    public record Rule(
            String domain,
            @Nullable Duration firstRetry,
            @Nullable Duration longestRetry,
            @Nullable Duration expire,
            @Nullable Duration notice,
            @Nullable Integer concurrency,
            @Nullable Integer perMinute,
            @Nullable RouteTls tls) {}

    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<Rule> list() {
        return entities.createQuery("SELECT r FROM DeliveryRule r ORDER BY r.domain", DeliveryRule.class)
                .getResultStream()
                .map(DeliveryRule::rule)
                .toList();
    }

    /** The rule that the domain had. */
    public Optional<Rule> put(Rule rule) {
        var there = find(rule.domain());
        var before = there.map(DeliveryRule::rule);
        there.ifPresentOrElse(known -> known.follow(rule), () -> entities.persist(new DeliveryRule(rule)));
        entities.flush();
        changed.fire(new TermsChanged());
        return before;
    }

    public Optional<Rule> remove(String domain) {
        var there = find(domain);
        var before = there.map(DeliveryRule::rule);
        there.ifPresent(entities::remove);
        changed.fire(new TermsChanged());
        return before;
    }

    private Optional<DeliveryRule> find(String domain) {
        return entities.createQuery("SELECT r FROM DeliveryRule r WHERE r.domain = :domain", DeliveryRule.class)
                .setParameter("domain", domain)
                .getResultStream()
                .findFirst();
    }
}
