package org.mailroom.ldap;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;

/** Compares directories with our accounts when it is time. */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SyncTimer {
    private static final System.Logger LOG = System.getLogger(SyncTimer.class.getName());

    @Inject
    private Sources sources;

    @Inject
    private Sync sync;

    public SyncTimer() {}

    SyncTimer(Sources sources, Sync sync) {
        this.sources = sources;
        this.sync = sync;
    }

    @Schedule(hour = "*", minute = "*", second = "37", persistent = false)
    public void look() {
        try {
            sources.all().forEach(this::look);
        } catch (RuntimeException e) {
            // A timer whose method throws twice is forgotten by the container.
            LOG.log(System.Logger.Level.ERROR, "directory sync=fault", e);
        }
    }

    /** What goes wrong with one is no matter of the next. */
    private void look(SourcePlan plan) {
        try {
            if (plan.enabled() && plan.syncMinutes() > 0 && isDue(plan)) {
                sync.run(plan.name(), false);
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "directory=" + plan.name() + " sync=fault", e);
        }
    }

    private boolean isDue(SourcePlan plan) {
        return sources.runs(plan.id(), 10).stream()
                .filter(run -> !run.dryRun())
                .findFirst()
                .map(last -> last.began()
                        .plus(Duration.ofMinutes(plan.syncMinutes()))
                        .isBefore(Instant.now()))
                .orElse(true);
    }
}
