package org.mailroom.reputation;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import org.mailroom.config.Settings;

/** Forgets whom the greylist need not know any more. */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class GreylistSweep {
    @Inject
    private GreylistTable table;

    @Schedule(hour = "*", minute = "23", persistent = false)
    public void sweep() {
        var settings = ReputationSettings.of(Settings.current()).greylisting();
        table.forget(settings.within(), settings.keep());
    }
}
