package org.mailroom.directory;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of a domain lie in several tables. Whoever adds one holds the domain's row and asks here, so that no address comes
 * twice.
 */
final class Names {
    private static final List<String> TABLES = List.of("Account", "Alias", "MailGroup");

    private Names() {}

    /** The domain, locked until the end of the transaction; null where it is not ours. */
    static @Nullable Domain lock(EntityManager entities, String domain) {
        return entities.createQuery("SELECT d FROM Domain d WHERE d.name = :name", Domain.class)
                .setParameter("name", domain)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .filter(found -> !found.isRelayed())
                .findFirst()
                .orElse(null);
    }

    /** Whether anybody or anything has the address. */
    static boolean isTaken(EntityManager entities, MailAddress address) {
        return TABLES.stream()
                .anyMatch(table -> entities.createQuery(
                                        "SELECT COUNT(e) FROM " + table
                                                + " e WHERE e.localPart = :localPart AND e.domain.name = :domain",
                                        Long.class)
                                .setParameter("localPart", address.key())
                                .setParameter("domain", address.domain())
                                .getSingleResult()
                        > 0);
    }
}
