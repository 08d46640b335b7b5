package org.mailroom.admin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.mailroom.ldap.SourceDeed;

/** Writes down what accounts did because their directory says so, in the transaction in which they did. */
@ApplicationScoped
public class SourceAudit {
    private static final int LONGEST = 2000;

    @PersistenceContext(unitName = "mail")
    private EntityManager entities;

    void deed(@Observes SourceDeed deed) {
        var line = deed.detail().replaceAll("\\p{Cntrl}", " ");
        entities.persist(new AuditEntry(
                "directory " + deed.source(),
                "directory." + deed.action(),
                deed.address(),
                line.substring(0, Math.min(LONGEST, line.length()))));
    }
}
