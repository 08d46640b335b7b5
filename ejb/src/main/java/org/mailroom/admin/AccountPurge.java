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

/** Sees to accounts whose time has come, every few minutes, one a transaction; several nodes share the work. */
@Singleton
@Startup
@DependsOn("Migrations")
@PermitAll
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AccountPurge {
    private static final Logger LOG = System.getLogger(AccountPurge.class.getName());

    @Inject
    private AccountEnding ending;

    @Schedule(hour = "*", minute = "*/5", persistent = false)
    public void run() {
        try {
            ending.expire();
            while (ending.purgeOne()) {
                // Until none is due.
            }
        } catch (RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "accounts ending status=postponed cause=" + e.getClass().getSimpleName(),
                    e);
        }
    }
}
