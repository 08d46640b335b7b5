package org.mailroom.receive;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;

/** Drops what lay in quarantine for as long as it is kept. */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class QuarantineSweep {
    private static final System.Logger LOG = System.getLogger(QuarantineSweep.class.getName());

    @Inject
    private Quarantine quarantine;

    @Schedule(hour = "*", minute = "41", persistent = false)
    public void sweep() {
        int gone = quarantine.expire();
        if (gone > 0) {
            LOG.log(System.Logger.Level.INFO, "quarantine expired=" + gone);
        }
    }
}
