package org.mailroom.admin;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mailroom.acme.AcmeFailure;
import org.mailroom.acme.AcmeTable;
import org.mailroom.acme.Given;

/** Writes down how an order ended, with its entry in the audit log. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class AcmeOutcome {
    private static final Duration SOONEST = Duration.ofMinutes(1);
    private static final Duration LATEST = Duration.ofHours(12);

    @Inject
    private AcmeTable table;

    @Inject
    private Audit audit;

    /** Its life has a third left when the next is ordered. */
    public void issued(Given given, OfferedCertificate offered, Instant from) {
        table.succeed(given, offered.until(), renewal(from, offered.until()));
        audit.writeOwn(
                "certificate.issued",
                String.join(" ", offered.names()),
                "until=" + offered.until() + " issuer=" + offered.issuer());
    }

    static Instant renewal(Instant from, Instant until) {
        return until.minus(Duration.between(from, until).dividedBy(3));
    }

    /** The first order is not repeated by itself: its reason stands on the page where it was given. */
    public void failed(AcmeFailure failure) {
        var plan = table.plan();
        if (plan.isPresent()) {
            table.fail(failure, again(Instant.now(), table.progress().until()));
            audit.writeOwn("certificate.refused", String.join(" ", plan.get().names()), failure.text());
        }
    }

    /** More often as the end comes nearer. */
    static @Nullable Instant again(Instant now, @Nullable Instant until) {
        if (until == null) {
            return null;
        }
        var wait = Duration.between(now, until).dividedBy(8);
        return now.plus(wait.compareTo(SOONEST) < 0 ? SOONEST : wait.compareTo(LATEST) > 0 ? LATEST : wait);
    }
}
