package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Locale;

/** Reads what {@link Audit} wrote down. */
@Stateless
@RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
public class AuditAdmin {
    private static final int MOST = 1000;
    private static final String MATCHES = " FROM AuditEntry a WHERE lower(a.actor) LIKE :part ESCAPE '!'"
            + " OR lower(a.action) LIKE :part ESCAPE '!' OR lower(a.object) LIKE :part ESCAPE '!'";

    @PersistenceContext(unitName = "mail")
    private EntityManager entities;

    /** Newest first. @param filter a part of who, what or about whom; empty: all */
    public Page<AuditInfo> entries(String filter, int offset, int limit) {
        var part = "%" + filter.strip().toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1") + "%";
        var rows = entities.createQuery("SELECT a" + MATCHES + " ORDER BY a.id DESC", AuditEntry.class)
                .setParameter("part", part)
                .setFirstResult(Math.max(0, offset))
                .setMaxResults(Math.clamp(limit, 1, MOST))
                .getResultList();
        long total = entities.createQuery("SELECT count(a)" + MATCHES, Long.class)
                .setParameter("part", part)
                .getSingleResult();
        return new Page<>(rows.stream().map(AuditEntry::info).toList(), total);
    }
}
