package org.mailroom.admin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Has deeds stand in the log once they are committed; what was taken back was not done. */
@ApplicationScoped
public class AuditLog {
    private static final Logger LOG = System.getLogger(Audit.class.getName());

    void written(@Observes(during = TransactionPhase.AFTER_SUCCESS) AuditWritten deed) {
        LOG.log(
                Level.INFO,
                () -> "audit actor=" + deed.actor() + " action=" + deed.action() + " object=<" + deed.object() + ">");
    }
}
