package org.mailroom.receive;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.stream.Stream;
import org.mailroom.trace.Trace;
import org.mailroom.trace.TraceStep;

/** Drops what lay in quarantine for as long as it is kept. */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class QuarantineSweep {
    private static final System.Logger LOG = System.getLogger(QuarantineSweep.class.getName());

    @Inject
    private Quarantine quarantine;

    @Inject
    private Trace trace;

    @Schedule(hour = "*", minute = "41", persistent = false)
    public void sweep() {
        var gone = quarantine.expire();
        trace.write(gone.stream().flatMap(QuarantineSweep::steps).toList());
        if (!gone.isEmpty()) {
            LOG.log(System.Logger.Level.INFO, "quarantine expired=" + gone.size());
        }
    }

    private static Stream<TraceStep> steps(Quarantine.Kept kept) {
        long days = Duration.between(kept.created(), kept.expires()).toDays();
        return QuarantineRelease.discarded(kept)
                .map(step -> step.rule("quarantine").detail("nobody asked for it in " + days + " days"));
    }
}
