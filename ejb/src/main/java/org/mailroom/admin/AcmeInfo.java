package org.mailroom.admin;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.acme.AcmePlan;
import org.mailroom.acme.AcmeProgress;

/**
 * How certificates are ordered from an authority, and how that goes.
 *
 * @param state {@code off}, {@code ready} (nothing was ordered yet), {@code ordering}, {@code failed} or {@code issued}
 * @param directory of the authority, a URL; empty where nothing is set up
 * @param terms what was agreed to
 * @param names that the certificate is for; where nothing is set up, those that suggest themselves
 * @param ordered when the last order began
 * @param trouble why it failed; empty where it did not
 * @param next when there will be another one, by itself
 * @param until when the certificate ends that was given last
 * @param steps of the last order
 */
public record AcmeInfo(
        String state,
        String directory,
        String terms,
        String contact,
        List<String> names,
        @Nullable Instant ordered,
        String trouble,
        @Nullable Instant next,
        @Nullable Instant until,
        List<AcmeStepInfo> steps) {
    public AcmeInfo {
        names = List.copyOf(names);
        steps = List.copyOf(steps);
    }

    static AcmeInfo off(String hostname) {
        return new AcmeInfo("off", "", "", "", List.of(hostname), null, "", null, null, List.of());
    }

    static AcmeInfo of(AcmePlan plan, AcmeProgress progress) {
        return new AcmeInfo(
                state(progress),
                plan.directory(),
                plan.terms(),
                plan.contact(),
                plan.names(),
                progress.ordered(),
                progress.trouble(),
                progress.next(),
                progress.until(),
                progress.steps().stream()
                        .map(step -> new AcmeStepInfo(step.at(), step.step(), step.good(), step.said()))
                        .toList());
    }

    private static String state(AcmeProgress progress) {
        if (progress.ordering()) {
            return "ordering";
        }
        if (!progress.trouble().isEmpty()) {
            return "failed";
        }
        return progress.until() == null ? "ready" : "issued";
    }
}
