package org.mailroom.directory;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.mailroom.config.Secrets;

/** The passwords with which we log in at smart hosts: sealed in the table, each for its own route and login. */
@ApplicationScoped
public class RoutePasswords {
    private static final System.Logger LOG = System.getLogger(RoutePasswords.class.getName());

    @Inject
    private Secrets secrets = new Secrets();

    public RoutePasswords() {}

    RoutePasswords(Secrets secrets) {
        this.secrets = secrets;
    }

    /** As the table keeps it. */
    RoutePlan seal(RoutePlan plan) {
        return plan.password().isEmpty() ? plan : plan.with(secrets.seal(place(plan), plan.password()));
    }

    /** As it is said; without a password where the key is another or gone. */
    RoutePlan open(RoutePlan kept) {
        try {
            return kept.with(secrets.open(place(kept), kept.password()));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "route=" + kept.domain() + " password=unreadable cause=" + e);
            return kept.with("");
        }
    }

    private static String place(RoutePlan plan) {
        return "route " + plan.domain() + " from <" + plan.sender() + "> as " + plan.login();
    }
}
