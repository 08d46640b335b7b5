package org.mailroom.admin;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.mailroom.directory.UsageLimits;
import org.mailroom.directory.UsageLimits.Listed;

/** Looks every few minutes whose store fills, and has it told; several nodes may. */
@Singleton
@Startup
@DependsOn("Migrations")
@PermitAll
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class UsageWatch {
    private static final Logger LOG = System.getLogger(UsageWatch.class.getName());

    @Inject
    private UsageLimits limits;

    @Inject
    private UsageLetters letters;

    @Schedule(hour = "*", minute = "*/5", persistent = false)
    public void run() {
        try {
            limits.all().stream()
                    .filter(one -> UsageLetters.mark(one) != one.noted())
                    .forEach(this::tell);
        } catch (RuntimeException e) {
            postponed("", e);
        }
    }

    /** What goes wrong with one letter is no matter of the next; this one is tried again at the next look. */
    private void tell(Listed one) {
        try {
            letters.tell(one);
        } catch (RuntimeException e) {
            postponed(" of=<" + one.of() + ">", e);
        }
    }

    private static void postponed(String of, RuntimeException cause) {
        LOG.log(Level.WARNING, "usage" + of + " status=postponed", cause);
    }
}
