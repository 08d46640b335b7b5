package org.mailroom.admin;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.mailroom.directory.Directory;
import org.mailroom.directory.UsageLimits;
import org.mailroom.directory.UsageLimits.Kind;
import org.mailroom.directory.UsageLimits.Listed;
import org.mailroom.queue.HouseMail;

/** Tells people that a store fills, once for each mark that it passes; who makes room is told again the next time. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class UsageLetters {
    private static final int FIRST = 80;
    private static final int LAST = 95;

    @Inject
    private UsageLimits limits;

    @Inject
    private HouseMail house;

    @Inject
    private Directory directory;

    /** The highest mark that a store has passed, or 0. */
    static int mark(Listed one) {
        int percent = one.percent();
        return percent >= LAST ? LAST : percent >= FIRST ? FIRST : 0;
    }

    public void tell(Listed one) {
        if (limits.pass(one.kind(), one.of(), mark(one))) {
            house.send(
                    reader(one),
                    one.kind() == Kind.ACCOUNT ? "usage.account" : "usage.shared",
                    null,
                    String.valueOf(one.percent()),
                    one.of());
        }
    }

    /** Whoever can do something about it. */
    private String reader(Listed one) {
        return switch (one.kind()) {
            case ACCOUNT -> one.of();
            case DOMAIN -> "postmaster@" + one.of();
            case TENANT ->
                directory.homeDomain().map(domain -> "postmaster@" + domain).orElse("postmaster");
        };
    }
}
