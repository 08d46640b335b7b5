package org.mailroom.admin;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/**
 * Writes down who changed what, in the transaction of the change: none without the other. Whether he may was judged by whoever
 * calls; jobs of the server call too.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class Audit {
    private static final int LONGEST = 2000;

    @PersistenceContext(unitName = "mail")
    private EntityManager entities;

    @Resource
    private SessionContext session;

    @Inject
    private TokenInUse token;

    @Inject
    private Event<AuditWritten> written;

    /**
     * @param action as {@code account.add}
     * @param object the address or domain that was changed
     * @param detail before and after, without secrets
     */
    public void write(String action, String object, String detail) {
        var actor = actor();
        entities.persist(new AuditEntry(clean(actor), action, clean(object), clean(detail)));
        written.fire(new AuditWritten(clean(actor), action, clean(object)));
    }

    /** What the server did of itself, when its time had come. */
    public void writeOwn(String action, String object, String detail) {
        entities.persist(new AuditEntry("mailroom", action, clean(object), clean(detail)));
    }

    private String actor() {
        var principal = session.getCallerPrincipal();
        var program = TokenInUse.nameOf(token);
        return (principal == null ? "" : principal.getName()) + (program.isEmpty() ? "" : " (token " + program + ")");
    }

    /** PostgreSQL's text knows no NUL, and a line is a line. */
    private static String clean(String text) {
        var line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST);
    }
}
